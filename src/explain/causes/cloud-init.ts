/** What cloud-init and netplan say in the guest, one entry for each kind of fault in a seed. */
import type { Cause } from '../cause.ts'

const debugging = 'https://cloudinit.readthedocs.io/en/latest/howto/debugging.html'
const instance =
  'After a change give the seed a new instance-id in meta-data, because cloud-init applies users and most modules once for each instance.'

export const cloudInit: readonly Cause[] = [
  {
    id: 'seed-label-in-boot-sector',
    line: [/LABEL_FATBOOT="(?<label>cidata)"(?!.*\sLABEL=)/i],
    what: 'The label {label|cidata} stands only in the boot sector of the FAT of the seed, where cloud-init does not look.',
    why: 'blkid says LABEL_FATBOOT for it, and LABEL only for the volume label in the root directory; ds-identify of newer releases reads LABEL.',
    hint: 'Make the seed with a volume label: `mkfs.vfat -n CIDATA`, or `fatlabel IMAGE CIDATA` (mlabel) on the one that is there. `chv-doctor check cloud-init` looks at that.',
    check: 'cloud-init',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'cloud-init-no-blkid',
    line: [/failed running \[127\]: (?<command>blkid\b.{0,40})/],
    what: 'cloud-init did not find blkid in the guest (127), so that it saw no disk with a seed.',
    why: 'ds-identify asks it for the labels of the disks; it is not installed in the image, or /sbin is not in the PATH of that moment.',
    hint: 'Mend the image: util-linux with blkid, and a PATH with /sbin and /usr/sbin for the generator. The seed has nothing to do with it.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'cloud-init-yaml',
    line: [
      /Failed loading yaml blob\.? ?(?<words>.{0,120})/,
      /(?:while parsing a (?:block mapping|flow mapping|block collection)|while scanning (?:a|for the next token)|mapping values are not allowed|found character '?\\?t'? that cannot start any token|could not find expected ':')/,
      /Invalid YAML: (?<words>.{1,120})/,
    ],
    needs: ({ says }) => says(/cloud-init|cloud-config|user-data|netplan|util\.py|cidata|meta-data/i),
    what: 'cloud-init (or netplan) could not read the YAML of the seed: {words|see the message}. Nothing in that file was applied.',
    why: 'The line and column in the message name the place: tabs, an indentation that does not fit, a colon without a blank or a value with ": " or "#" that needs quotes. The place is often one line below the fault.',
    hint: `Mend that line, and check it: \`cloud-init schema -c user-data\` (netplan: \`netplan generate\`), \`chv-doctor check cloud-init\` on this host. ${instance}`,
    check: 'cloud-init',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'cloud-init-not-config',
    line: [/Unhandled (?:non-multipart|unknown content-type) \((?<type>[^)]{1,60})\)/],
    what: 'cloud-init ignored the user-data, because its first line is none that it knows ({type|text/x-not-multipart}).',
    why: 'The first line must be `#cloud-config` exactly (or `#!` of a script, a MIME header, …), without a blank, a byte order mark or another comment in front. So there are no users and keys from it.',
    hint: `Write \`#cloud-config\` as the very first line of user-data. ${instance}`,
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/explanation/format.html',
    confidence: 'likely',
  },
  {
    id: 'cloud-init-schema',
    line: [
      /(?:Invalid cloud-config provided|cloud-config failed schema validation|Invalid schema: user-data|Invalid (?:user-data|network-config) )(?<words>.{0,160})/,
      /Cloud config schema (?:deprecations|errors): (?<words>.{1,200})/,
      /Additional properties are not allowed \((?<words>.{1,120})\)/,
    ],
    needs: ({ says }) => says(/cloud-|user-data|schema\.py|network-config/i),
    what: 'A part of the seed does not follow the schema of cloud-init: {words|the message names the key}.',
    why: 'A key is misspelt, stands at the wrong level or has a value of the wrong kind. cloud-init warns and goes on, but that key has no effect (or another than meant). A deprecation alone is harmless.',
    hint: `\`cloud-init schema --system --annotate\` in the guest marks the place; correct the key by the reference of its module. ${instance}`,
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html',
    confidence: 'likely',
  },
  {
    id: 'cloud-init-status',
    line: [/^(?:extended_)?status: (?<state>degraded(?: \w+)?|error(?: - \w+| \w+)?)$/],
    what: 'cloud-init went through and reports {state|an error}: a part of the seed was not applied.',
    why: '"degraded" means that warnings were met and the rest was done; "error" that a stage ended with an exception. The lines under errors and recoverable_errors say which module.',
    hint: `Read these lines (\`cloud-init status --long\`), then \`grep -E "WARN|ERROR|Traceback" /var/log/cloud-init.log\` in the guest. ${instance}`,
    check: 'cloud-init',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'cloud-init-disabled',
    line: [
      /^status: (?:disabled|not run|not started)$/,
      /disabled by (?:marker file|kernel (?:command line|parameter)|cloud-init-generator|environment)|Cloud-init disabled by (?<by>.{1,80})/i,
      /^cloud-init status: disabled/,
    ],
    needs: ({ says }) => says(/cloud-init/i),
    what: 'cloud-init does not run in this guest: it is switched off ({by|see the message}).',
    why: 'By its generator: no data source was found by ds-identify at the start (no disk with the label cidata or CIDATA, no ds= on the kernel command line). By a file: /etc/cloud/cloud-init.disabled was put into the image. By the command line: cloud-init=disabled.',
    hint: 'Give the seed as a disk whose label is CIDATA (`chv-doctor fix cloud-init` makes one; `blkid` in the guest shows it), read /run/cloud-init/ds-identify.log, and remove the file or the parameter where that is the reason.',
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: 'https://cloudinit.readthedocs.io/en/latest/howto/disable_cloud_init.html',
    confidence: 'likely',
  },
  {
    id: 'cloud-init-module-failed',
    line: [
      /Failed to run module (?<module>[\w-]{1,40})/,
      /(?:cc_\w{1,40}|util|handlers|stages)\.py\[(?:WARNING|ERROR)\]: (?<words>.{1,200})/,
      /Running module (?<module>[\w-]{1,40}) \(.{1,120}\) failed/,
    ],
    what: 'A module of cloud-init failed in the guest {module|}: {words|its log says why}.',
    why: 'The others went on. For scripts_user and runcmd it is a command of yours that ended with an error; for packages and apt the network of the guest; for growpart and resizefs the disk; for users and passwords the values of the seed.',
    hint: `Read /var/log/cloud-init.log at that module, and /var/log/cloud-init-output.log for what commands printed. ${instance}`,
    check: 'cloud-init',
    reference: debugging,
    confidence: 'possible',
  },
]
