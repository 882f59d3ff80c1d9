/** What Proxmox VE says when a VM does not start, and LVM below it. */
import type { Cause } from '../../cause.ts'

const proxmox = 'https://pve.proxmox.com/pve-docs/chapter-qm.html'

export const proxmoxTasks: readonly Cause[] = [
  {
    id: 'proxmox-locked',
    line: [
      /\bcan't lock file '(?<file>\/var\/lock\/qemu-server\/\S{1,60})' - got timeout/,
      /\bVM is locked \((?<lock>backup|clone|create|disk|migrate|rollback|snapshot|snapshot-delete|suspend(?:ing|ed))\)/,
    ],
    what: 'Proxmox does not touch the VM: another task holds it ({lock|lock file}).',
    why: 'A backup, migration, snapshot or clone runs, or was broken off and left its lock; a start or stop that hangs keeps the file.',
    hint: 'See the running tasks of the node (`pvesh get /nodes/localhost/tasks --source active`); once none works on that VM: `qm unlock ID`.',
    reference: proxmox,
    confidence: 'likely',
  },
  {
    id: 'proxmox-volume-missing',
    line: [
      /\bvolume '(?<volume>[\w.-]{1,40}:(?:(?:iso|vztmpl|import|snippets|backup|\d{1,9})\/|vm-|base-|subvol-)[^']{1,120})' does not exist\b/,
      /\bstorage '(?<volume>[\w.-]{1,40})' (?:does not exist$|is not (?:online|available)\b|does not support content-?type '?\w{1,20})/,
      /\bunable to (?:parse|find) volume (?:ID|filename) '?(?<volume>[^'\s]{1,120})/,
    ],
    what: 'The storage or volume {volume|of the VM} is not there, or not meant for that content.',
    why: 'An ISO or disk was removed or lies on another node, the storage (NFS, CIFS) is not mounted, or its "Content" does not permit this kind (images, iso, snippets).',
    hint: '`pvesm status` and `pvesm list STORAGE`; take the missing CD out (`qm set ID --ide2 none,media=cdrom`), or permit the content: `pvesm set STORAGE --content images,iso,snippets`.',
    reference: 'https://pve.proxmox.com/pve-docs/chapter-pvesm.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-configuration-missing',
    line: [
      /\bunable to find configuration file for VM (?<id>\d{1,9})\b/,
      /\bConfiguration file '(?<file>nodes\/\S{1,60}\.conf)' does not exist\b/,
    ],
    what: 'Proxmox has no VM or container {id|of that number} on this node.',
    why: 'The number is wrong, it lives on another node of the cluster, was removed, or /etc/pve is not mounted (the service pve-cluster does not run).',
    hint: '`cat /etc/pve/.vmlist`, `qm list` (containers: `pct list`), `systemctl status pve-cluster`.',
    reference: proxmox,
    confidence: 'likely',
  },
  {
    id: 'proxmox-no-answer',
    line: [
      /\bVM (?<id>\d{1,9}) qmp command '(?<command>[\w-]{1,40})' failed - (?:unable to connect to VM \d{1,9} qmp socket - timeout|got timeout)/,
      /\bVM quit\/powerdown failed - got timeout\b/,
      /\bstart failed: (?:command '.{1,200}' failed: got timeout|.{0,20}timeout waiting on systemd)|\btimeout waiting on systemd\b/,
    ],
    what: 'The QEMU of that VM did not answer Proxmox in time, or the VM did not start or shut down in time.',
    why: 'Shutting down: the guest does not react to ACPI or its agent. Starting: much memory (huge pages, a passed-through device) takes long, an old process or scope of that VM is left, or the storage hangs.',
    hint: 'Look for the process (`ps aux | grep "kvm -id ID"`; state D waits for storage) and `qm status ID`; `qm stop ID` ends it like pulling the plug; `systemctl stop ID.scope` for a scope that is left; a longer start: `qm start ID --timeout 300`.',
    reference: proxmox,
    confidence: 'likely',
  },
  {
    id: 'lvm-thin-pool-trouble',
    line: [
      /\bfree space in thin pool (?<pool>[\w/.-]{1,60}) reached threshold\b/,
      /\bActivation of logical volume (?<pool>[\w/.-]{1,60}) is prohibited while logical volume \S{1,60} is active\b/,
      /\bCheck of pool (?<pool>[\w/.-]{1,60}) failed \(status:\s?\d{1,3}\)/,
    ],
    what: 'The LVM thin pool that holds the disks of the VMs is full, damaged or only half active ({pool|see the line}).',
    why: '"reached threshold": data or metadata of the pool are nearly used up. "prohibited while … is active": at boot the hidden volumes _tmeta and _tdata were activated alone. "Check … failed": its metadata need a repair.',
    hint: '`sudo lvs -a` shows Data% and Meta%: remove old volumes and snapshots, or `lvextend` the pool. Half active: `sudo lvchange -an VG/POOL_tmeta VG/POOL_tdata`, then `sudo vgchange -ay VG`. Repair: back up first, then `lvconvert --repair VG/POOL`.',
    reference: 'https://man7.org/linux/man-pages/man7/lvmthin.7.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-no-quorum',
    line: [/\bcluster not ready - no quorum\?/],
    what: 'This node of a Proxmox cluster has no majority (quorum): /etc/pve is read-only, and no VM is started or changed.',
    why: 'Other nodes are off or not reachable (corosync); in a cluster of two one alone has no majority.',
    hint: '`pvecm status`; bring the others back. If they are surely off: `pvecm expected 1` on this node until they return.',
    reference: 'https://pve.proxmox.com/pve-docs/chapter-pvecm.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-qemu-exited',
    line: [/\bstart failed: QEMU exited with code (?<code>-?\d{1,3})/],
    what: 'Proxmox reports that QEMU ended at its start (code {code|1}); the reason is the line before, which begins with "kvm:".',
    why: 'Usual are a disk that is not there or locked, a missing bridge, a CPU or machine type that this node does not have, too little memory, and a passed-through device.',
    hint: 'Read the whole output of the task, or run `qm start ID` in a shell; `qm showcmd ID --pretty` prints the command of QEMU.',
    reference: proxmox,
    confidence: 'possible',
  },
  {
    id: 'proxmox-scope-left',
    line: [/\bUnit (?<unit>\d{1,9}\.scope) was already loaded or has a fragment file\b/],
    what: 'Proxmox cannot start the VM because the scope {unit|} of its last run is still there.',
    why: 'The QEMU process of that VM has not ended (it hangs on storage or a passed-through device), or systemd keeps the failed scope.',
    hint: '`systemctl status ID.scope` shows whether a process is left: end that first (`qm stop ID`), then `sudo systemctl stop ID.scope` and `sudo systemctl reset-failed ID.scope`.',
    reference: proxmox,
    confidence: 'likely',
  },
  {
    id: 'lvm-volume-absent',
    line: [/\b(?:no such|Failed to find) logical volume "?(?<volume>[\w.-]{1,60}\/[\w.-]{1,80})/],
    what: 'The logical volume {volume|of the disk} does not exist, or LVM does not see its volume group on this host.',
    why: 'It was removed or lies on another node, or a disk of the volume group is missing or filtered out (global_filter in lvm.conf).',
    hint: '`sudo lvs`, `sudo pvs`, `sudo vgchange -ay`; on Proxmox `qm rescan`, and take a disk that is gone out of the settings of the VM.',
    reference: 'https://man7.org/linux/man-pages/man8/lvm.8.html',
    confidence: 'likely',
  },
]
