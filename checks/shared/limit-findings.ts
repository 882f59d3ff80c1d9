/** What can be wrong with the limits that a guest starts under. */
import { finding } from '../../src/contract/finding.ts'
import { humanBytes } from '../../src/util/units.ts'

type Counts = { readonly limit: number; readonly needed: number }
type Group = { readonly file: string; readonly max: number; readonly used: number; readonly needed: number }

/** Everything that the check `limits` can report. */
export const findings = {
  'too-few-files': finding<Counts & { advised: number }>({
    found: ({ limit }) => `${limit} open files (RLIMIT_NOFILE, /proc/self/limits)`,
    expected: ({ needed, advised }) => `${needed} to start the guest, ${advised} with room for its devices`,
    hint: ({ advised }) =>
      `Raise the limit before the start: \`ulimit -n ${advised}\`, LimitNOFILE= in a service, or nofile in /etc/security/limits.conf.`,
  }),
  'too-few-files-in-shell': finding<Counts & { advised: number }>({
    found: ({ limit }) => `${limit} open files for programs that the shell starts (RLIMIT_NOFILE)`,
    expected: ({ needed }) => `${needed} to start the guest by its command; \`boot\` itself has more`,
    hint: ({ advised }) => `Run \`ulimit -n ${advised}\` before the command, or start it with \`boot\`.`,
  }),
  'too-few-processes': finding<Counts & { inUse: number }>({
    found: ({ limit, inUse }) =>
      `${limit} processes and threads (RLIMIT_NPROC, /proc/self/limits), ${inUse} of them in use`,
    expected: ({ needed }) => `${needed} more for the threads of the guest`,
    hint: 'Raise the limit: `ulimit -u`, LimitNPROC= in a service, or nproc in /etc/security/limits.conf.',
  }),
  'cgroup-too-few-tasks': finding<Group>({
    found: ({ file, max, used }) => `${max} tasks in the cgroup, ${used} of them in use (${file})`,
    expected: ({ needed }) => `${needed} more for the threads of the guest`,
    hint: 'Raise it: TasksMax= of the service or slice, --pids-limit of the container.',
  }),
  'cgroup-too-little-memory': finding<Group>({
    found: ({ file, max }) => `${humanBytes(max)} for the cgroup (${file})`,
    expected: ({ needed }) => `${humanBytes(needed)} for the guest and Cloud Hypervisor`,
    hint: 'Raise it (MemoryMax= of the service or slice, the limit of the container), or set a smaller `memory`.',
  }),
  'cgroup-memory-in-use': finding<Group>({
    found: ({ file, max, used }) =>
      `${humanBytes(used)} of ${humanBytes(max)} of the cgroup in use (${file})`,
    expected: ({ needed }) => `${humanBytes(needed)} left for the guest and Cloud Hypervisor`,
    hint: 'End other programs of the cgroup, raise its limit, or set a smaller `memory`.',
  }),
  'cgroup-too-few-huge-pages': finding<Group>({
    found: ({ file, max, used }) =>
      `${humanBytes(max)} in huge pages for the cgroup, ${humanBytes(used)} of them in use (${file})`,
    expected: ({ needed }) => `${humanBytes(needed)} more for the guest`,
    hint: 'Raise it: write `max` or more bytes into that file; in Kubernetes the limit hugepages-2Mi (or -1Gi) of the container.',
  }),
  'file-too-large': finding<Counts & { what: string }>({
    found: ({ limit }) => `files of at most ${humanBytes(limit)} (RLIMIT_FSIZE, /proc/self/limits)`,
    expected: ({ needed, what }) => `${humanBytes(needed)} for the ${what}`,
    hint: 'Drop the limit: `ulimit -f unlimited`, LimitFSIZE=infinity in a service.',
  }),
  'too-little-address-space': finding<Counts>({
    found: ({ limit }) => `${humanBytes(limit)} of address space (RLIMIT_AS, /proc/self/limits)`,
    expected: ({ needed }) => `more than ${humanBytes(needed)} for the guest and Cloud Hypervisor`,
    hint: 'Drop the limit: `ulimit -v unlimited`, LimitAS=infinity in a service.',
  }),
  'too-little-locked-memory': finding<Counts>({
    found: ({ limit }) => `${humanBytes(limit)} of locked memory (RLIMIT_MEMLOCK, /proc/self/limits)`,
    expected: ({ needed }) =>
      `${humanBytes(needed)}: a device that is passed through pins the memory of the guest`,
    hint: 'Drop the limit before the start: `ulimit -l unlimited`, LimitMEMLOCK= in a service, or memlock in /etc/security/limits.conf.',
  }),
  'too-few-mappings': finding<Counts>({
    found: ({ limit }) => `${limit} mappings in a process (/proc/sys/vm/max_map_count)`,
    expected: ({ needed }) => `${needed} for the CPUs of the guest`,
    hint: 'Set the default of the kernel: `sudo sysctl vm.max_map_count=65530`.',
  }),
}
