/** What a command prints, as the one line that is shown of it. */
import type { RunStep } from '../contract/step.ts'
import { lastLine } from '../util/lines.ts'

/** "(12.34/100%)" in the output of `qemu-img convert -p`, as a fraction of one. */
export const qemuImgProgress = (text: string): number | null => {
  const last = [...text.matchAll(/\((\d+(?:\.\d+)?)\/100%\)/g)].at(-1)?.[1]
  return last === undefined ? null : Number(last) / 100
}

/** "Receiving objects:  45% (1234/2742), 12.00 MiB | 3.10 MiB/s", which git writes again and again. */
const gitProgress = /([A-Z][a-z]+ [a-z]+):\s+(\d+)% \(\d+\/\d+\)(?:, ([\d.]+ [KMG]iB \| [\d.]+ [KMG]iB\/s))?/g

/** "  CC      fs/ext4/inode.o": make's own lines say less. */
const madeFile = /^ {2}([A-Z][A-Z0-9+]*(?: \[M\])?) +(\S.*)$/gm

/** Counts the files that were made: their total is not known beforehand. */
const countFiles = (): ((text: string) => string) => {
  let files = 0
  let rest = ''
  return (text) => {
    const whole = rest + text
    const end = whole.lastIndexOf('\n') + 1
    rest = whole.slice(end)
    const made = [...whole.slice(0, end).matchAll(madeFile)]
    files += made.length
    const last = made.at(-1)
    return last ? `${files} files, ${last[1]} ${last[2]}` : lastLine(text)
  }
}

/** @returns what turns each piece of output into the line to show; it keeps count where it has to */
export const progressReader = (kind: RunStep['progress']): ((text: string) => string) => {
  switch (kind) {
    case 'qemu-img':
      return (text) => {
        const fraction = qemuImgProgress(text)
        return fraction === null ? lastLine(text) : `${Math.floor(fraction * 100)} %`
      }
    case 'git':
      return (text) => {
        const [, what, percent, amount] = [...text.matchAll(gitProgress)].at(-1) ?? []
        return what === undefined ? lastLine(text) : `${what} ${percent} %${amount ? `, ${amount}` : ''}`
      }
    case 'make':
      return countFiles()
    case undefined:
      return lastLine
  }
}
