/** Words of cloud-init. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const cloudInitTerms: Terms = [
  [
    /\bwith label=\S{1,20} not a valid seed\b/,
    'cloud-init found the seed disk, and not the files that it wants: user-data and meta-data (even an empty one) must lie in the root directory of it, under exactly these names.',
  ],
  [
    /\bduplicate mac found!/,
    'cloud-init found two interfaces with one MAC address and stops its first stage: two --net with the same mac=, or a bond, bridge or VLAN that was made before it ran.',
  ],
  [
    /\bNetplan configuration should NOT be accessible by others\b|\bPermissions for \/etc\/netplan\/\S{1,80} are too open\b/,
    'A remark of netplan: its files may hold secrets and should be readable by root alone (`chmod 600`). The configuration is applied all the same.',
  ],
  [
    /\btabs are not allowed for indent\b|\bfound character '\\t' that cannot start any token\b/,
    'YAML does not permit tabs for the indentation: replace them by spaces on the line that the message names.',
  ],
  [
    /\bno authorized SSH keys fingerprints found for user\b/i,
    'cloud-init says that this user has no ssh key in its authorized_keys: the user-data gave none, gave it to another user, or was not read. Only a password would let that user in.',
  ],
  [
    /\bFailed to install packages: \[|\bFailure when attempting to install packages\b/,
    'cloud-init could not install packages of the user-data: the network or name server of the guest is not up, the package lists are old (package_update: true), or a name is wrong. /var/log/cloud-init-output.log holds what apt or dnf said.',
  ],
  [
    /\bLABEL_FATBOOT\b/,
    'LABEL_FATBOOT is the label in the boot sector of a FAT file system, LABEL the one in its root directory: new releases of cloud-init take either, old ones and other programs only LABEL, so that both should be set (`mkdosfs -n`, `fatlabel`).',
  ],
  [
    /\bds-identify\b|\bDataSourceNone\b|\bNo ds found\b|\bNo (?:instance )?datasource\b|\bdatasource_list\b/i,
    'ds-identify decides at boot which datasource there is: for NoCloud mostly a disk with the label CIDATA (or cidata) that holds user-data and meta-data; without one cloud-init is switched off, or falls back to DataSourceNone and does nothing with the user-data.',
  ],
  [
    /\bcloud[- ](?:config|init)\b.{0,60}\bschema\b|\bInvalid (?:user-data|cloud-config|network-config)\b|\bInvalid schema: \w+-data\b/i,
    'The schema of cloud-init knows keys and types of each release: what it complains of is mostly ignored, or read otherwise; `sudo cloud-init schema --system` lists it.',
  ],
  [
    /\bNot all expected physical devices present\b|\b(?:no|find|match)\b.{0,40}\b(?:interface|device|nic)\b.{0,20}\bmac\b/i,
    'The network-config names interfaces by name or MAC: by MAC it fits only where --net gives the VM that one (mac=).',
  ],
  [
    /\bcloud-init\b.{0,60}\brecoverable error|\bextended_status: (?:degraded|error)|^status: (?:degraded|error)\b|\bdegraded done\b/im,
    '"degraded" says that cloud-init came to its end and something in between did not work, "error" that a part of it failed; `cloud-init status --long` names it.',
  ],
  [
    /\bcc_[a-z_]+\b|\bmodules-(?:config|final)\b|\bcloud-(?:init|config|final)\.service\b/,
    'Each part of the user-data is carried out by a module (cc_…): one that fails does not stop the others, and the log (/var/log/cloud-init.log) holds its traceback.',
  ],
  [
    /\binstance-id\b|\bper-instance\b|\/var\/lib\/cloud\/instances?\b/i,
    'cloud-init does most of its work once for each instance-id: with the same one a changed seed is not read again (`cloud-init clean`, or a new instance-id).',
  ],
  [
    /\bnetwork-config\b|\bset-name\b|\bdhcp4\b|\bgateway[46]\b/,
    'network-config of NoCloud is version 1 or 2 (netplan): addresses need a prefix (/24), version 2 wants routes: in place of the older gateway4:, and the macaddress: in match: must be the MAC of the VM.',
  ],
  [
    /\bruncmd\b|\bbootcmd\b|\bscripts[-_]user\b|\bwrite_files\b/,
    'Commands of runcmd run at the end of the first boot, as root and without a terminal; their output is in /var/log/cloud-init-output.log.',
  ],
  [
    /\bssh_authorized_keys\b|\bssh_pwauth\b|\bchpasswd\b|\block_passwd\b|\bplain_text_passwd\b/,
    'A login needs a key, or a password with lock_passwd: false and, for ssh, ssh_pwauth: true.',
  ],
]
