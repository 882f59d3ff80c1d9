/** The VM as a whole: confidential guests, payloads, pausing, snapshots, migration, consoles, debugging. */
import { type Cause, doc } from '../../cause.ts'
import { family } from './family.ts'

const snapshots = doc('snapshot_restore.md')
const migration = doc('live_migration.md')

/** Tried before the others: they wrap errors of all kinds. */
export const confidentialFamilies: readonly Cause[] = [
  family({
    id: 'tdx-firmware-refused',
    layer: 'hypervisor',
    words: /\bTDX\b|\bTDVF\b|\bHOB\b/,
    names: [String.raw`\w*T(?:dx|dvf)\w*`, String.raw`\w*Hob`, 'LoadPayload', 'InvalidPayloadType'],
    onlyOurs: true,
    doing: 'preparing a TDX guest and the hand-off block (HOB) for its firmware',
    why: 'The firmware (TDVF or td-shim) describes areas of memory in its own file; what has to go there does not fit: another layout of the firmware, too many CPUs or another size of memory. Else the file is no TDX firmware at all.',
    hint: 'Use the firmware that belongs to this build, fewer CPUs, and compare the memory size of its own documentation.',
    reference: doc('intel_tdx.md'),
  }),
  family({
    id: 'igvm-failed',
    layer: 'payload',
    words: /\bigvm\b|isolated pages|vp context|SNP ID block/i,
    names: ['IgvmFile', 'IgvmLoad', String.raw`Igvm\w*`, String.raw`\w*Isolated\w*`],
    onlyOurs: true,
    doing: 'loading the IGVM file (--igvm)',
    why: 'The file must be made for this platform (SEV-SNP or plain), and the areas of memory that it names have to lie in the memory of the guest.',
    hint: 'Look at the file with the tool that made it (igvm-tooling), and compare it with --memory and --cpus.',
    reference: doc('README.md'),
  }),
]

export const vmFamilies: readonly Cause[] = [
  family({
    id: 'payload-failed',
    layer: 'payload',
    words:
      /initramfs|kernel command line|command line (?:in memory|into CString)|kernel (?:loading thread|file)|firmware|UEFI|Cannot load the/,
    names: [
      'CmdLine',
      'LoadCmdLine',
      String.raw`CmdLine\w+`,
      'InitramfsFile',
      'InitramfsRead',
      'FirmwareLoad',
      'FirmwareFile',
      'KernelFile',
      'KernelLoad',
      String.raw`KernelLoadThread\w+`,
      'CreateUefiFlash',
      'LoadKernel',
    ],
    onlyOurs: true,
    doing: 'reading kernel, firmware, initramfs or command line of the guest',
    why: 'The file could not be opened or read, or does not fit into the memory of the guest.',
    hint: 'Look at each of these files with `ls -l FILE` and `file FILE`.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
  }),
  family({
    id: 'pause-failed',
    words:
      /(?:could not|Cannot|Failed to|Error) ?(?:be )?(?:paus|resum)\w*|Pausing failed|Resuming failed|Could not (?:pause|resume)/,
    names: [
      'VmPause',
      'VmResume',
      'PauseDevices',
      'ResumeDevices',
      'PauseCpus',
      'ResumeCpus',
      'ResumeVm',
      'Pause',
      'Resume',
    ],
    onlyOurs: true,
    doing: 'pausing or resuming the VM',
    why: 'A VM that is not running cannot be paused, and one that is not paused cannot go on; else a device or a vCPU did not stop in time.',
    hint: 'Ask for the state with `ch-remote --api-socket FILE info`; the inner message names the device.',
    reference: doc('api.md'),
  }),
  family({
    id: 'snapshot-failed',
    words: /snapshotted|Cannot (?:snapshot VM|send VM snapshot)|Failed to snapshot|Could not snapshot/,
    names: ['VmSnapshot', 'Snapshot', 'SnapshotSend'],
    onlyOurs: true,
    doing: 'taking a snapshot',
    why: 'The VM must be paused, destination_url must name a directory that exists and has room for the memory of the guest, and passed-through and some vhost-user devices cannot be saved.',
    hint: 'Pause first, write `file:///absolute/directory`, and see `df -h` there.',
    reference: snapshots,
  }),
  family({
    id: 'migration-state-failed',
    layer: 'socket',
    words:
      /[Mm]igrat(?:ion|able)|\bTLS\b|[Rr]ustls|userfaultfd|dirty (?:log|ranges)|(?:receive|send)-memory thread|additional connections/,
    names: [
      'Vm(?:Send|Receive)Migration',
      'Migrate(?:Send|Receive|Socket)',
      '(?:Start|Stop|Complete)?(?:Migration|DirtyLog)',
      String.raw`Uffd\w*`,
      String.raw`Rustls\w*`,
    ],
    onlyOurs: true,
    doing: 'migrating a VM or moving its state',
    why: 'Both sides have to run the same release on the same kind of processor, reach each other, and have what the VM names; the side that shows this message need not be the one at fault.',
    hint: 'Read the log of the other VMM at that time.',
    reference: migration,
  }),
  family({
    id: 'restore-failed',
    words:
      /Error restoring VM|Cannot restore VM|restore source URL|Failed to restore|could not (?:be )?restored|Could not restore|device state from snapshot/,
    names: [
      'VmRestore',
      'Restore',
      'RestoreSourceUrlPathToStr',
      'InvalidRestoreSourceUrl',
      'RestoreGetState',
    ],
    onlyOurs: true,
    doing: 'restoring a VM from its snapshot',
    why: 'The snapshot is of another release or incomplete, or something that its config.json names is not there.',
    hint: 'Restore it with the release that made it, on a host with the same devices and paths.',
    reference: snapshots,
  }),
  family({
    id: 'console-failed',
    layer: 'console',
    words: /console|\bpty\b|terminal in (?:raw|canonical)|serial|VM (?:stdin|input)|sigwinch|output buffer/i,
    names: [
      'SetTerminalRaw',
      'SetTerminalCanon',
      'SetPtyRaw',
      'GetPtyPeer',
      'PtyConsole',
      'Console',
      'Serial',
      'Stdin',
      'Pty',
      String.raw`\w*SerialManager`,
      'BindUnixSocket',
      'SetNonBlocking',
    ],
    onlyOurs: true,
    doing: 'setting up or using a serial port or console (--serial, --console)',
    why: 'What a console is connected to (terminal, pty, file, socket) could not be opened, prepared or written to.',
    hint: 'Try `--serial null --console off`: if it starts so, it is the console.',
    reference: doc('logging.md'),
  }),
  family({
    id: 'debugging-failed',
    words:
      /\bgdb\b|coredump|debugging VM|CPU debug|request (?:Read|Write)(?:Regs|Mem)|response for Read(?:Regs|Mem)|HW ?breakpoints?|single step|remove breakpoints|Target exited/i,
    names: [String.raw`\w*Coredump\w*`, String.raw`Gdb\w+`, 'Debug', 'CpuDebug', 'BareGdb', 'ParsingGdb'],
    onlyOurs: true,
    doing: 'debugging the guest (--gdb, coredump)',
    why: 'Both need a build with that feature, a paused VM, and a place that can be written.',
    hint: 'See the page of upstream for the feature that the build needs.',
    reference: doc('gdb.md'),
  }),
]
