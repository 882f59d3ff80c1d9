/** What libvirt, Proxmox, Vagrant, Terraform and Packer refuse because of what an earlier step left. */
import type { Cause } from '../../cause.ts'

const virsh = 'https://libvirt.org/manpages/virsh.html'

export const managerStates: readonly Cause[] = [
  {
    id: 'libvirt-block-job-unready',
    line: [
      /block (?:copy|job|commit)\S{0,3} still active: disk '(?<disk>\w{1,12})' not ready for pivot yet/,
      /The active block job '[^']{1,80}' cannot be completed/,
      /\bdisk '?(?<disk>\w{1,12})'? already in active block job\b/,
    ],
    what: 'A block job (copy, commit, backup) on the disk {disk|} has not finished, so it cannot be ended or another one begun.',
    why: 'It copies what the guest still writes; it may be pivoted only once it has caught up (100 %).',
    hint: '`virsh blockjob NAME DISK --info` shows how far it is; then `virsh blockjob NAME DISK --pivot`; to give it up `virsh blockjob NAME DISK --abort`. Next time `--wait --verbose` with --pivot.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-snapshot-record-only',
    line: [
      /Device '(?<device>[^']{1,80})' does not have the requested snapshot '(?<name>[^']{1,80})'/,
      /\bCan't find snapshot '?(?<name>[^']{1,80}?)'?(?: in|$)/i,
    ],
    what: 'The snapshot {name|} is recorded, and the image of the disk does not hold it.',
    why: 'It was removed by qemu-img, the image was replaced or restored from a copy, or the disk was added after the snapshot.',
    hint: '`qemu-img snapshot -l FILE` (VM off) shows what is there; to forget the record alone: `virsh snapshot-delete NAME SNAPSHOT --metadata` (Proxmox: `qm delsnapshot ID NAME --force`).',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'disk-attached-as-raw',
    severity: 'warning',
    line: [
      /^(?<disk>[vs]d[a-z])\s{1,10}\d{1,3}:\d{1,3}\s{1,6}0\s{1,10}(?<size>19[2-9](?:\.\d)?K|2[0-9]{2}K|[34]\d{2}K)\s{1,6}0 disk\b/,
    ],
    needs: ({ says }) => says(/\.qcow2\b/) && !says(/--subdriver qcow2/),
    what: 'The guest sees the disk {disk|} with {size|a few hundred KiB}: that is the size of the qcow2 file, not of the disk in it.',
    why: '`virsh attach-disk` without a format takes the file as raw, so the guest sees the header of qcow2 as its disk.',
    hint: '`virsh detach-disk NAME {disk|vdb}`, then `virsh attach-disk NAME FILE {disk|vdb} --driver qemu --subdriver qcow2 --persistent`. Do not make a file system on it before: that would destroy the image.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'proxmox-id-taken',
    line: [
      /(?:VM|CT) (?<id>\d{3,9}) already exists on node '(?<node>[\w.-]{1,60})'/,
      /unable to create (?:VM|CT) (?<id>\d{3,9})\W.{0,40}config file already exists/,
    ],
    what: 'The number {id|} is that of another VM or container in the Proxmox cluster already (node {node|not said}).',
    why: 'VMs and containers of all nodes share one list of numbers; an automation counts from a fixed one, or two runs at once took the same.',
    hint: '`pvesh get /cluster/nextid` gives a free one; `qm list`, `pct list` show what has it. To restore over it: `qmrestore FILE ID --force` (the present VM is lost).',
    reference: 'https://pve.proxmox.com/pve-docs/qm.1.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-subscription-repository',
    line: [
      /enterprise\.proxmox\.com\S{0,120}.{0,80}\b401\b/,
      /The repository 'https:\/\/enterprise\.proxmox\.com\S{0,80}.{0,60}is not signed/,
    ],
    what: 'apt was refused at the enterprise repository of Proxmox (401): this host has no subscription key.',
    why: 'A new installation names that repository; without a subscription it answers 401, and apt then calls it unsigned. VMs are not touched by it, updates are.',
    hint: 'Disable it (/etc/apt/sources.list.d/pve-enterprise.list or .sources, and ceph beside it) and add `deb http://download.proxmox.com/debian/pve CODENAME pve-no-subscription` (CODENAME of this Debian: bookworm, trixie), then `apt-get update`; in the web interface: Node, Updates, Repositories.',
    reference: 'https://pve.proxmox.com/wiki/Package_Repositories',
    confidence: 'likely',
  },
  {
    id: 'proxmox-cluster-ssh',
    line: [/Can't connect to destination address using public key/],
    what: 'Proxmox cannot log in to the other node by ssh, so nothing is migrated or replicated there.',
    why: 'The host key or address of that node changed (it was installed anew, or renamed), or its key is missing in the list of the cluster.',
    hint: '`pvecm updatecerts` on both nodes; then try what the log shows: `ssh -o HostKeyAlias=NODE root@ADDRESS /bin/true`; an old key: `ssh-keygen -f /etc/pve/priv/known_hosts -R NODE`.',
    reference: 'https://pve.proxmox.com/pve-docs/pvecm.1.html',
    confidence: 'likely',
  },
  {
    id: 'packer-image-gone',
    line: [/(?:error downloading ISO|Download failed).{0,40}bad response code: (?<code>\d{3})/],
    what: 'Packer did not get the installation image: the server answers {code|with an error}.',
    why: 'Distributions remove an ISO when the next point release comes, so that an address with a version in it ends with 404.',
    hint: 'Look at the directory of that address in a browser and put the present name into iso_url and the checksum file into iso_checksum (`file:https://…/SHA256SUMS`); old ones: old-releases.ubuntu.com, cdimage.debian.org/cdimage/archive.',
    reference:
      'https://developer.hashicorp.com/packer/integrations/hashicorp/qemu/latest/components/builder/qemu',
    confidence: 'likely',
  },
  {
    id: 'terraform-provider-source',
    line: [
      /does not have a provider named registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/(?<name>[\w-]{1,40})/,
      /provider registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/(?<name>libvirt|proxmox|incus|lxd)\b.{0,80}(?:not found|no available releases)/,
    ],
    what: 'Terraform looks for the provider {name|} at hashicorp/, where it is not.',
    why: 'Without a source a provider counts as one of HashiCorp; a module that uses it needs the source, too.',
    hint: 'Name it in required_providers of the terraform block of the root and of each module: `source = "dmacvicar/libvirt"` (Proxmox: bpg/proxmox or Telmate/proxmox; Incus: lxc/incus), then `terraform init -upgrade`; an old state: `terraform state replace-provider`.',
    reference: 'https://developer.hashicorp.com/terraform/language/providers/requirements',
    confidence: 'likely',
  },
  {
    id: 'vagrant-volume-left',
    line: [/Volume for domain is already created\. Please run 'vagrant destroy'/],
    what: 'A disk of that Vagrant machine is in the storage pool of libvirt already.',
    why: 'An earlier `vagrant up` was broken off, or the directory .vagrant was removed without `vagrant destroy`, so Vagrant no longer knows whose it is.',
    hint: '`vagrant destroy`; if that does not help: `sudo virsh vol-list default` and, when no VM needs it (`virsh list --all`), `sudo virsh vol-delete PROJECT_default.img --pool default`; an old domain of that name: `virsh undefine`.',
    reference: 'https://vagrant-libvirt.github.io/vagrant-libvirt/',
    confidence: 'likely',
  },
]
