/** What Firecracker and its jailer refuse: sockets, KVM, snapshots, remains of an earlier run. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const firecracker = 'https://github.com/firecracker-microvm/firecracker/tree/main/docs/'

const isFirecracker = ({ says }: Evidence): boolean => says(/firecracker|fault_message|microvm|jailer/i)

export const firecrackerApi: readonly Cause[] = [
  {
    id: 'firecracker-socket-taken',
    line: [
      /Failed to bind and run the HTTP server: .{0,40}Address (?:already )?in use|FailedToBindAndRunHttpServer\(.{0,40}code: 98/,
    ],
    what: 'Firecracker did not start, because its API socket exists already.',
    why: 'Firecracker does not remove the file at its end, and does not take it over; or another one runs with that path.',
    hint: '`sudo fuser -v SOCKET`: if nobody has it, remove the file before the start (`sudo rm -f /tmp/firecracker.socket`, with your --api-sock); else take another path.',
    reference: `${firecracker}getting-started.md`,
    confidence: 'likely',
  },
  {
    id: 'firecracker-kvm-refused',
    line: [
      /Error creating KVM object: (?<words>Permission denied)/,
      /Make sure the user launching the firecracker process is configured/,
    ],
    needs: isFirecracker,
    what: 'Firecracker could not open /dev/kvm ({words|see the message}), so the VM did not start.',
    why: 'Its user has no right to the device: it is not in the group kvm (or has not logged in again), there is no ACL for it, or the jail or container around it does not give the device.',
    hint: '`ls -l /dev/kvm`; `sudo setfacl -m u:$USER:rw /dev/kvm` (until the next start) or `sudo usermod -aG kvm $USER` and a new login; in a container `--device /dev/kvm`.',
    check: 'kvm',
    reference: `${firecracker}getting-started.md`,
    confidence: 'likely',
  },
  {
    id: 'firecracker-state-refused',
    line: [
      /The requested operation is not supported in (?<state>\w[\w ]{0,20}) state/,
      /Loading a microVM snapshot not allowed after configuring boot-specific resources/,
      /(?<state>The microVM is not running|Microvm is not running|The microVM is already running)/,
    ],
    needs: isFirecracker,
    what: 'Firecracker refused the request, because the VM is in another state ({state|see the message}) than it is for.',
    why: 'Pause, resume, snapshots and changes of drives need a VM that runs (after InstanceStart); kernel, disks, network and machine-config come before it; a snapshot is loaded into a fresh process that was given nothing else.',
    hint: '`curl --unix-socket SOCKET http://localhost/` shows the state; send the requests in that order, and start a new Firecracker process for /snapshot/load.',
    reference: `${firecracker}snapshotting/snapshot-support.md`,
    confidence: 'likely',
  },
  {
    id: 'firecracker-snapshot-unfit',
    line: [
      /(?:Load (?:microVM )?snapshot error|Failed to load snapshot|Failed to (?:restore|build microVM) from snapshot):? (?=.{0,240}(?:version|deseriali|state|device|\btap|vsock|CPU|open))(?<words>[^"}]{1,240})/i,
    ],
    needs: isFirecracker,
    what: 'Firecracker did not restore the snapshot: {words|see the message}.',
    why: 'A snapshot is bound to its release of Firecracker (its version of the format), to a host with the same kind of CPU and a kernel of that time, and to the paths that it names: disks, TAPs and vsock sockets must be there under the same names, and not in use.',
    hint: 'An invalid version or a state that cannot be read: use the Firecracker that made it (`firecracker --snapshot-version`, `--describe-snapshot FILE`) or make it anew. A device: set up the TAP and the disk under the old names, and remove the old vsock socket. CPU: restore on the same model, or make it with a CPU template.',
    reference: `${firecracker}snapshotting/versioning.md`,
    confidence: 'likely',
  },
  {
    id: 'firecracker-jail-left',
    patterns: [
      [/Jailer error: .{0,160}File exists/],
      [/via mknod inside the jail: File exists/],
      [/[Ff]ailed to create the jail.{0,80}File exists/],
    ],
    what: 'The jailer of Firecracker did not start the VM, because the directory of that id exists from an earlier run.',
    why: 'The jailer makes /srv/jailer/firecracker/ID/root with its device nodes, and does not remove it at the end; an id is used once.',
    hint: 'See that no VM of that id runs (`pgrep -af firecracker`), then remove its directory below /srv/jailer/firecracker (or --chroot-base-dir) and its cgroup, or give another --id.',
    reference: `${firecracker}jailer.md`,
    confidence: 'likely',
  },
  {
    id: 'firecracker-jailer-refused',
    patterns: [[/Jailer error: (?<words>.{1,200})/], [/RunWithJailer\(|JailerError\(/]],
    what: 'The jailer of Firecracker did not set up its directory: {words|see the message}. No VM was started.',
    why: 'It takes root (it makes device nodes, cgroups and namespaces, then changes to --uid and --gid), a file system below --chroot-base-dir without nodev and noexec, a Firecracker binary whose name holds "firecracker", and the kind of cgroups that the host has. In a container most of this is not permitted.',
    hint: 'Start it with sudo: `sudo jailer --id ID --exec-file /usr/local/bin/firecracker --uid UID --gid GID`, on cgroup v2 with --cgroup-version 2; `findmnt -T /srv/jailer` shows nodev; each --id once.',
    reference: `${firecracker}jailer.md`,
    confidence: 'likely',
  },
  {
    id: 'firecracker-api-unreached',
    line: [
      /dial unix (?<socket>\S{1,160}firecracker\S{0,60}): connect: (?<words>connection refused|no such file or directory)/,
    ],
    what: 'The manager did not reach the API of Firecracker at {socket|its socket}: {words|see the line}.',
    why: 'Firecracker ended at once, or was not started: its own output says why (/dev/kvm missing or closed, a binary for another machine, a socket path that is too long). Refused: the file is left of one that has ended.',
    hint: 'Read the log and standard error of Firecracker in the directory of that VM (flintlock: below /var/lib/flintlock/vm), `ls -l /dev/kvm`, and run the binary by hand with --api-sock.',
    check: 'kvm',
    reference: `${firecracker}getting-started.md`,
    confidence: 'possible',
  },
]
