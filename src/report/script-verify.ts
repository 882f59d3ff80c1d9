/** Verifies images in bash: the part of src/apply/verify.ts that qemu-img covers. */
import type { VerifyStep } from '../contract/step.ts'
import { quoteWord as q } from '../util/quote.ts'

const info = (path: string, format: string) => `qemu-img info --output=json -f ${format} -- ${q(path)}`

/** Four blanks: the size of the disk itself, not of the file that later versions list below it. */
const sizeOf = (path: string, format: string) =>
  `"$(${info(path, format)} | sed -n 's/^    "virtual-size": \\([0-9]*\\),*$/\\1/p')"`

const orStop = (condition: string, message: string) =>
  `if ! ${condition}; then echo ${q(message)} >&2; exit 1; fi`

/** @returns lines that end the script where the file is not as expected */
export const verifyLines = ({ path, expect }: VerifyStep): string[] => {
  if (expect.what === 'disk') {
    const least = sizeOf(expect.source, expect.format)
    return [orStop(`[ "$(stat -c %s -- ${q(path)})" -ge ${least} ]`, `${path} is cut short`)]
  }
  const others = `grep -qE '"(backing-filename|data-file)": |"encrypted": true'`
  return [
    orStop(
      `{ facts="$(${info(path, expect.format)})" && ! ${others} <<<"$facts"; }`,
      `${path} is no ${expect.format} image, is encrypted, or names other files of this host`,
    ),
    ...(expect.fits === null
      ? []
      : [
          orStop(
            `[ ${expect.fits} -ge ${sizeOf(path, expect.format)} ]`,
            `${path} does not fit a disk of disk_size, which never shrinks`,
          ),
        ]),
  ]
}
