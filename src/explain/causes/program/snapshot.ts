/** Snapshots and migration: what belongs to another process, another host, another time. */
import { type Cause, doc } from '../../cause.ts'

const page = doc('snapshot_restore.md')
const migration = doc('live_migration.md')

export const snapshots: readonly Cause[] = [
  {
    id: 'snapshot-not-paused',
    patterns: [
      [
        /could not be snapshotted|VmSnapshot\(|Cannot snapshot VM/,
        /not paused|while VM is running|InvalidStateTransition|InvalidVmState/i,
      ],
    ],
    what: 'The snapshot was refused because the VM is not paused.',
    why: 'The state of a running VM changes while it is written.',
    hint: 'Pause it first: `ch-remote --api-socket FILE pause`, then snapshot, then resume.',
    reference: page,
  },
  {
    id: 'restore-net-descriptors',
    patterns: [
      [/CreateVirtioNet\(|Cannot create virtio-net device/, /(?:os error |code: |\bError\()(?:9|22|25|77)\b/],
      [/RestoreMissingRequiredNetId\(|Net id \S{1,80} is associated with FDs and is required/],
    ],
    needs: ({ phase, text }) => phase === 'restore' || /RestoreMissing|associated with FDs/.test(text),
    what: 'The network of the snapshot cannot be opened: the descriptors that it names are not open here.',
    why: 'The TAPs were handed over as file descriptors (fds), and config.json of the snapshot keeps their numbers, which mean nothing in another process.',
    hint: 'Hand new ones over at the restore: `--restore source_url=…,net_fds=[ID@[FD,…]]` (from release 40 on), opened by the program that starts it.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'restore-passed-through-device',
    patterns: [['BarInUse('], [/bar \d+ already used/]],
    needs: ({ phase }) => phase === 'restore',
    what: 'The snapshot has a passed-through device (VFIO), and such a VM cannot be restored.',
    why: 'The state of a passed-through device is not in a snapshot; its address ranges collide when the device is made anew.',
    hint: 'Take snapshots of VMs without passed-through devices (remove them first: `ch-remote remove-device ID`), or start the VM afresh.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'restore-userfaultfd-denied',
    patterns: [
      ['Failed to create userfaultfd', 1],
      [/\bUffd\w*\(/, 1],
    ],
    what: 'The user was not permitted to use userfaultfd, which a restore on demand needs.',
    why: 'memory_restore_mode=ondemand lets the kernel report missing pages; unprivileged users may do that only where the host allows it.',
    hint: 'Allow it (`sudo sysctl vm.unprivileged_userfaultfd=1`, or access to /dev/userfaultfd), or restore with `memory_restore_mode=copy`.',
    reference: page,
  },
  {
    id: 'restore-on-demand-failed',
    patterns: [['On-demand restore failed'], ['OnDemandRestore(']],
    what: 'The memory of the snapshot could not be restored on demand.',
    why: 'userfaultfd does not work for this memory (huge pages, a file system or kernel without it), or the handler ended.',
    hint: 'Restore with `memory_restore_mode=copy`.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'snapshot-file-missing',
    patterns: [
      ['Error opening snapshot file', 2],
      ['SnapshotOpen(', 2],
      [/MigrateReceive\(|Failed to (?:receive|send) migratable component snapshot/, 2],
      [/config\.json|state\.json|memory-ranges/, 2],
    ],
    needs: ({ phase }) => phase === 'restore',
    what: 'A file of the snapshot is not there.',
    why: 'A snapshot is a directory with config.json, state.json and memory-ranges; it was not written to its end, or source_url= names another directory.',
    hint: 'Write `source_url=file:///absolute/directory`, and see that the three files are in it.',
    reference: page,
  },
  {
    id: 'snapshot-of-other-release',
    patterns: [
      [
        /VmRestore\(|could not (?:be )?restored|Restore\(|Failed to restore migratable component/,
        /missing field|unknown field|unknown variant|invalid type|trailing characters|Failed retrieving device state/,
      ],
    ],
    what: 'The snapshot does not fit this release of Cloud Hypervisor.',
    why: 'Its state was written by another release (or was cut off or edited): a field that this one expects is missing or has another form.',
    hint: 'Restore it with the release that made it, or start the VM afresh from its disk.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'migration-refused',
    patterns: [
      [/MigrateSocket\(|Migration|VmSendMigration\(/, 111],
      [/MigrateSocket\(|Migration|VmSendMigration\(/, 2],
    ],
    needs: ({ phase }) => phase === 'migration',
    what: 'The migration could not start: no receiver listens at the destination.',
    why: 'The receiving VMM must wait before the sender starts, at the same address or socket.',
    hint: 'On the destination first: `ch-remote --api-socket FILE receive-migration URL`; then send to the same URL.',
    reference: migration,
    confidence: 'likely',
  },
  {
    id: 'migration-peer-lost',
    severity: 'warning',
    anyLevel: true,
    patterns: [['Failed to notify migration destination'], ['Failed to notify migration source']],
    what: 'The connection to the other side of a migration is gone: it could not even be told that the migration failed.',
    why: 'The VMM there ended, or the network between the two was cut. Why the migration failed stands further above, or in the log of the other VMM; the VM here goes on.',
    hint: 'See whether the other VMM still runs, read its log at that time, and the first record with ERROR here.',
    reference: migration,
    confidence: 'likely',
  },
  {
    id: 'migration-failed',
    patterns: [['MigrateSocket('], ['Migration failed'], ['VmSendMigration('], ['VmReceiveMigration(']],
    // An inner error that KVM or a device gave says more than that the migration failed.
    needs: ({ text }) =>
      !/\bLive migration (?:stuck|is not)|\bvCPU state\b|\b(?:Get|Set)[A-Z]\w+\(|\bload of migration failed\b/.test(
        text,
      ),
    anyLevel: true,
    what: 'The migration failed: the other side ended the connection or refused the VM.',
    why: 'The reason is in the log of the other VMM: at the destination it is usually a CPU with other features, another release, or something that the VM has and the destination has not.',
    hint: 'Read the log of the receiving VMM at that time; use the same release and the same kind of CPU on both hosts.',
    reference: migration,
    confidence: 'likely',
  },
]
