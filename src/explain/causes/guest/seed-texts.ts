/** Faults of a seed that its own text shows: user-data, network-config, and the commands that make it. */
import type { Cause } from '../../cause.ts'

const format = 'https://cloudinit.readthedocs.io/en/latest/explanation/format.html'
const users = 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups'
const noCloud = 'https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html'
const network = 'https://cloudinit.readthedocs.io/en/latest/reference/network-config.html'
const again = 'Then a new instance-id in meta-data (or `sudo cloud-init clean` and a restart).'

/** A person says that a login does not work. */
const noLogin =
  /Login incorrect|Permission denied(?: \(|, please)|(?:can ?not|can't|cannot|unable to|couldn't|not able to) (?:log ?in|login|ssh|get in)|(?:login|password).{0,30}(?:fails|does(?:n't| not) work|not working|refused|incorrect)/i

const isSeed = /^#cloud-config\b|user-data|cloud-init|^\s*(?:ssh_authorized_keys|runcmd|write_files):/

export const seedTexts: readonly Cause[] = [
  {
    id: 'user-data-first-line-late',
    line: [/^#cloud-config\s*$/],
    needs: ({ before }) =>
      before !== undefined &&
      // The name of a file above its text is none of its lines.
      !/user[-_ ]?data|\.(?:ya?ml|cfg|txt|tpl|j2)\b|\bfile\b/i.test(before) &&
      /^(?:#(?!!|cloud-|include|part-handler|[# ]{0,3}(?:cat|vim?|nano|less|cloud-init|ls|cd|sudo|echo) )|---\s*$|%YAML)/.test(
        before,
      ),
    what: 'As it stands here, the user-data does not begin with #cloud-config: another line stands in front of it, so cloud-init does not take the file for a configuration.',
    why: 'cloud-init decides by the very first bytes what user-data is. A comment, `---`, an empty line, a blank or a byte order mark in front of #cloud-config makes it "text/x-not-multipart", which is ignored with a warning.',
    hint: `Make \`#cloud-config\` the first line, and move the comment below it (\`head -c 20 user-data | xxd\` shows what really stands there; \`cloud-init schema -c user-data\` checks it). ${again}`,
    check: 'cloud-init',
    reference: format,
    confidence: 'likely',
  },
  {
    id: 'user-data-first-line-misspelt',
    line: [
      /^#(?:\s{1,3}|! ?)cloud-config\b(?!\S)/,
      /^#(?:cloud[_ ]config|cloud-confg|cloud-conf|cloudconfig|cloud-configs|cloud-cofig)\s*$/,
      /\(text\/x-not-multipart\) userdata: 'b'#?(?<word>\s{0,3}cloud[\w -]{2,12})\\n/,
    ],
    needs: ({ says, text }) =>
      /userdata/.test(text) ||
      says(
        /^\s*(?:users|packages|runcmd|write_files|hostname|ssh_authorized_keys|package_update|chpasswd|ssh_pwauth):/,
      ),
    what: 'The first line of the user-data is misspelt {word|}: it must be exactly `#cloud-config`.',
    why: 'It looks like a comment and is none: cloud-init knows the kind of the file by these characters, without a blank, with a hyphen, in small letters. With any other first line the whole file is ignored.',
    hint: `Write \`#cloud-config\` as the first line; \`cloud-init schema -c user-data\` checks it. ${again}`,
    check: 'cloud-init',
    reference: format,
    confidence: 'likely',
  },
  {
    id: 'user-data-still-encoded',
    line: [
      /(?:^|userdata: '?b?['"])(?<start>I2Nsb3Vk|IyEvYmlu|IyEvdXNy|Q29udGVudC1UeXBl)[\w+/=\\]{4,}/,
      /(?:^|userdata: '?b?['"])(?<start>H4sI)[\w+/=\\]{20,}/,
    ],
    needs: ({ says }) => says(/user-?data|cloud-init|seed|cidata|multipart/i),
    what: 'The user-data reaches the guest in base64, and cloud-init does not decode it.',
    why: 'The text begins with {start|…}, which is base64 of "#cloud-config" (I2Nsb3Vk), of a script "#!/…" (IyEv), or of gzip data (H4sI). The NoCloud seed takes user-data as plain text, gzip or MIME, never base64; only the interface of some clouds wants base64 and takes it off again.',
    hint: `Decode it before it goes into the seed (\`base64 -d\`); in Terraform leave the function base64encode, \`base64_encode = true\` and gzip of cloudinit_config out where the provider takes plain text (libvirt_cloudinit_disk user_data). Single files may be base64: write_files with \`encoding: b64\`. ${again}`,
    check: 'cloud-init',
    reference: format,
    confidence: 'likely',
  },
  {
    id: 'seed-password-not-hashed',
    line: [
      /^\s*(?:- )?(?:hashed_passwd|passwd): ["']?(?<value>(?!\$|["']?$|[!*x]["']?$|\{\{|[\w./]{13}$|[<&|>])[^\s"'$]{1,40})["']?\s*$/,
    ],
    needs: ({ says }) => says(isSeed) || says(/^\s*(?:- )?lock_passwd:/),
    what: 'passwd: in the user-data holds a plain password; cloud-init takes it for a hash, so that no password fits.',
    why: 'In users: the keys passwd and hashed_passwd are written into /etc/shadow as they are and must be a hash ($6$…, $y$…). The plain text goes by another key.',
    hint: `Write the hash that \`openssl passwd -6\` (or \`mkpasswd -m sha-512\`) prints, in quotes, with \`lock_passwd: false\`; or \`plain_text_passwd: …\`; or for users of the image \`chpasswd:\` with \`expire: false\` and a list \`users:\` (name, password, type: text). ${again}`,
    check: 'cloud-init',
    reference: users,
    confidence: 'likely',
  },
  {
    id: 'seed-password-locked',
    line: [/^\s*(?:- )?(?:plain_text_passwd|passwd|hashed_passwd): \S/],
    needs: ({ says }) =>
      says(noLogin) &&
      says(isSeed) &&
      !says(/lock[_-]passwd: *(?:false|no|off|False)\b/) &&
      !says(/^\s*chpasswd:/),
    what: 'The user-data sets a password, and the account stays locked for passwords, because `lock_passwd: false` is missing.',
    why: 'lock_passwd is true unless it is written otherwise: cloud-init sets the password and then locks it (a ! in /etc/shadow). Keys work all the same.',
    hint: `Add \`lock_passwd: false\` to that user (same indentation as name:), and for ssh with a password \`ssh_pwauth: true\` at the top level. ${again}`,
    check: 'cloud-init',
    reference: users,
    confidence: 'likely',
  },
  {
    id: 'seed-ssh-password-off',
    line: [/Permission denied \(publickey[,)]/],
    needs: ({ says }) =>
      says(/^\s*(?:- )?(?:password|plain_text_passwd|passwd|hashed_passwd|chpasswd):/) &&
      says(isSeed) &&
      !says(/ssh_pwauth: *["']?(?:true|yes|True|1)/) &&
      !says(/^\s*(?:- )?(?:ssh_authorized_keys|ssh_import_id):/),
    what: 'The guest takes keys only: the seed sets a password, and neither switches passwords on for ssh nor gives a key.',
    why: 'Cloud images have `PasswordAuthentication no`; "(publickey)" lists what the server still accepts, and the password is not asked for at all. On the console the same password works.',
    hint: `Add \`ssh_pwauth: true\` at the top level of the user-data, or better \`ssh_authorized_keys:\` with your public key. ${again}`,
    check: 'cloud-init',
    reference: users,
    confidence: 'likely',
  },
  {
    id: 'seed-network-in-user-data',
    severity: 'warning',
    line: [/^network:\s*$/],
    needs: ({ says }) =>
      says(/^#cloud-config\b/) &&
      says(/^\s*(?:ethernets|bonds|config):/) &&
      !says(/network[-_]config|\/etc\/netplan|cloud\.cfg\.d|netplan (?:apply|try|generate)/),
    what: 'The user-data holds a network: section, which cloud-init does not read from there: the guest keeps its default (DHCP on the first card).',
    why: 'The network is set up before user-data is read. Its configuration is a file of its own beside it.',
    hint: `Put it into the file network-config of the seed, beginning with \`version: 2\` (\`cloud-localds -N network-config seed.img user-data meta-data\`; with genisoimage add the file; Proxmox \`--cicustom network=…\`, libvirt_cloudinit_disk network_config), or write /etc/netplan/… with write_files and \`netplan apply\` in runcmd. ${again}`,
    check: 'cloud-init',
    reference: network,
    confidence: 'likely',
  },
  {
    id: 'seed-meta-data-missing',
    line: [/\b(?:genisoimage|mkisofs|xorrisofs?|hdiutil makehybrid)\b.{0,200}\buser-data\b/],
    needs: ({ text, says }) => !/meta-data|\*/.test(text) && !says(/meta-data/),
    what: 'The seed is made without meta-data, and cloud-init does not take it without that file.',
    why: 'NoCloud wants user-data and meta-data in the root directory of the disk; meta-data may be empty, and should hold an instance-id.',
    hint: '`printf "instance-id: vm1\\nlocal-hostname: vm1\\n" > meta-data`, then `genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data`; or `cloud-localds seed.img user-data`, which adds it by itself.',
    check: 'cloud-init',
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'seed-label-other',
    line: [
      /^\S{0,120}(?:seed|cidata|cloud-?init|user-?data|nocloud)\S{0,40}: .{0,160}\bLABEL="(?<label>(?!cidata"|CIDATA"|config-2"|CONFIG-2")[^"]{1,32})"/i,
      /\b(?:genisoimage|mkisofs|xorrisofs?|mkfs\.v?fat|mkdosfs)\b.{0,120} -(?:V|volid|n) ["']?(?<label>(?!cidata\b|CIDATA\b|config-2\b|CONFIG-2\b)[\w.-]{1,32}).{0,120}\buser-data\b/,
    ],
    what: 'The seed has the label {label|of another kind}, by which cloud-init does not know it.',
    why: 'The data source NoCloud looks for a disk (vfat or iso9660) with the label cidata or CIDATA only.',
    hint: 'Make it anew with that label: `genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data`, `mkfs.vfat -n CIDATA`, or `cloud-localds seed.img user-data meta-data`; `blkid seed.iso` shows it.',
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'seed-card-name-other',
    line: [/^\s{0,8}(?<name>eth\d|en[spo]\w{1,12}):\s*$/],
    needs: ({ text, says }) => {
      const name = /\b(?:eth\d|en[spo]\w{1,12})\b/.exec(text)?.[0] ?? ''
      return (
        says(/^\s*ethernets:/) &&
        says(
          /^(?:\d{1,2}: )?(?:eth\d|en[spo]\w{1,12})(?:@\w{1,15})?(?::| ) ?.{0,80}\b(?:DOWN|UP|UNKNOWN)\b/,
        ) &&
        !says(new RegExp(String.raw`^(?:\d{1,2}: )?${name}(?:@\w{1,15})?(?:: <|: flags|  )`)) &&
        !says(/^\s*(?:match|set-name):/)
      )
    },
    what: 'The network configuration names the card {name|}, and the guest has none of that name.',
    why: 'The name follows from the place of the device (ens4, enp0s3) or is eth0 where that is switched off (net.ifnames=0); another VMM, slot or image gives another. What is configured for a name that does not exist is left out, so that the card stays down.',
    hint: 'Use the name that `ip -br link` shows, or better match the card by its MAC, which mac= of --net sets: `match:` with `macaddress: "52:54:00:12:34:56"` (or `name: "e*"`) below an id of your own. `net.ifnames=0` on the command line of the kernel gives eth0.',
    check: 'cloud-init',
    reference: network,
    confidence: 'likely',
  },
  {
    id: 'cloud-init-already-ran',
    severity: 'note',
    line: [/\bconfig-(?<module>[\w-]{2,40}) already ran \(freq=once-per-instance\)/],
    what: 'cloud-init left the module {module|that is named} out, because it ran for this instance before: a changed seed is not applied again.',
    why: 'Users, runcmd, packages, write_files and most others run once for each instance-id of meta-data; at later boots they are skipped on purpose.',
    hint: 'Give the changed seed another instance-id in meta-data, or `sudo cloud-init clean --logs` in the guest and restart. What is to run at each boot belongs into bootcmd, or a script in /var/lib/cloud/scripts/per-boot.',
    reference: 'https://cloudinit.readthedocs.io/en/latest/explanation/boot.html',
    confidence: 'likely',
  },
  {
    id: 'cloud-init-degraded-deprecated',
    severity: 'note',
    line: [/^(?:extended_)?status: degraded(?: \w+)?$/],
    needs: ({ says }) =>
      says(/^\s*DEPRECATED:/) &&
      !says(/^\s*(?:WARNING|ERROR|CRITICAL):/) &&
      !says(/^errors: *\[.{2,}\]|^errors:\s*$/),
    what: 'cloud-init did everything, and calls itself degraded only because the configuration uses an old key.',
    why: 'From 23.4 on a deprecation counts as a recoverable error, and `cloud-init status` returns 2 for it. Nothing was left out.',
    hint: 'Write the key as the line below DEPRECATED says when it suits (a line of the image itself, such as /etc/cloud/cloud.cfg, is for the distribution to mend). Scripts that wait should take 2 as success: `cloud-init status --wait || [ $? -eq 2 ]`.',
    reference: 'https://cloudinit.readthedocs.io/en/latest/explanation/failure_states.html',
    confidence: 'likely',
  },
  {
    id: 'cloud-init-exit-two',
    severity: 'warning',
    line: [/^status: done$/, /(?:exit(?:ed)?|return(?:ed)?|non-zero).{0,40}\b(?:status|code)?:? ?2\b/, /^2$/],
    needs: ({ says }) =>
      says(/cloud-init\W{1,5}status/) &&
      says(/^2$|"rc": 2\b|(?:exit(?:ed)?|return(?:ed)?|non-zero).{0,40}\b2\b/) &&
      !says(/^(?:extended_)?status: (?:error|degraded)|exit(?:ed)? .{0,40}\b1$/),
    what: '`cloud-init status` ended with 2: cloud-init is done, with warnings (recoverable errors); it is no failure of the boot.',
    why: 'From 23.4 on 0 is success, 1 a fatal error, 2 done with warnings: a deprecated key, an unknown key of the user-data, a module that warned. A script with `set -e`, Packer or Ansible takes 2 for a failure.',
    hint: '`cloud-init status --long` lists them under recoverable_errors; mend these, or take 2 as success: `cloud-init status --wait || [ $? -eq 2 ]` (Packer: valid_exit_codes = [0, 2]).',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/explanation/failure_states.html',
    confidence: 'likely',
  },
]
