/** What the tools say that make the image of a seed: genisoimage, xorriso, mkdosfs, mtools, cloud-localds. */
import type { Cause } from '../../cause.ts'

const noCloud = 'https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html'
const make =
  '`chv-doctor fix cloud-init` makes a seed without these tools; by hand `cloud-localds seed.img user-data meta-data`.'

export const seedTools: readonly Cause[] = [
  {
    id: 'seed-file-missing',
    line: [
      /(?:genisoimage|mkisofs): (?:No such file or directory\. )?Invalid node - '?(?<file>[^'\s]{1,120})/,
      /xorriso : FAILURE : Cannot determine attributes of source file '(?<file>[^']{1,160})'/,
    ],
    what: 'The image was not made: the file {file|that was named} is not there.',
    why: 'It has another name or lies in another directory. A seed needs meta-data, too; an empty file is enough.',
    hint: `\`touch meta-data\` makes an empty one; give paths to all files and the label: \`genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data\`. ${make}`,
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'seed-tool-missing',
    line: [/missing '(?<tool>[\w.-]{1,30})'\. {1,2}Please install package '(?<package>[\w.-]{1,40})'/],
    what: 'cloud-localds does not find {tool|a tool that it needs}: it makes no image.',
    why: 'It calls genisoimage for an ISO, mkfs.vfat and mcopy for a FAT image, and qemu-img for other formats.',
    hint: `Install the package that it names (genisoimage or xorriso, dosfstools and mtools, qemu-utils). ${make}`,
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'seed-label-long',
    line: [/[Ll]abel can be no longer than 11 characters/, /label .{0,40}too long .{0,20}(?:11|at most)/i],
    what: 'The label is too long for FAT, which holds 11 characters: no image was made.',
    why: 'cloud-init looks for the label cidata or CIDATA and no other.',
    hint: `\`mkdosfs -n CIDATA -C seed.img 8192\`. ${make}`,
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'seed-label-lower-case',
    severity: 'note',
    line: [/lowercase labels might not work properly/],
    what: 'mkfs.fat remarks that DOS and Windows want labels in capitals: harmless for a seed.',
    why: 'cloud-init takes cidata and CIDATA alike.',
    hint: 'Nothing need be done; `-n CIDATA` avoids it.',
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'fat-image-unformatted',
    line: [/init ::? ?:? ?non DOS media/, /Cannot initialize '::'/],
    what: 'mtools finds no FAT file system in the image.',
    why: 'The file was not formatted (or is an ISO), or has a partition table, and the file system begins further behind (`-i FILE@@1M`).',
    hint: `Format it first: \`truncate -s 8M seed.img; mkfs.vfat -n CIDATA seed.img; mcopy -oi seed.img user-data meta-data ::\`. ${make}`,
    reference: noCloud,
    confidence: 'likely',
  },
]
