/** What a machine is made of, before and after, and why it differs. */
import { readFileSync } from 'node:fs'
import type { Machine } from './machine.ts'

const script = readFileSync(new URL('inventory.pl', import.meta.url), 'utf8')

/** Everything about the machine that a repair could change: one thing a line. */
export const takeStock = async (machine: Machine): Promise<readonly string[]> =>
  (await machine.must(`perl - <<'PERL'\n${script}\nPERL`, 'root')).trimEnd().split('\n')

export interface Difference {
  readonly line: string
  /** The reason why this may differ, or null when nothing explains it. */
  readonly because: string | null
}

/** Why a thing may differ after everything was taken back: documented, or the machine's own life. */
const reasons: readonly (readonly [pattern: RegExp, because: string])[] = [
  [/^file \/home\/sky\/\.local\/share\/chv-doctor(\/downloads|\/bin)?(\/[\w.-]+)? /, 'downloads are kept'],
  [/^file \/home\/sky\/\.local\/state\/chv-doctor(\/|\s)/, "the doctor's own record and logs"],
  [/^file \/home\/sky\/(\.local|\.local\/share|\.local\/state) /, 'a directory that holds the above'],
  [/^file \/home\/sky\/\.(bash_history|sudo_as_admin_successful) /, 'left by the shell and by sudo'],
  [/^file \/etc\/(group|gshadow|passwd|shadow|subuid|subgid)- /, 'a backup that usermod and gpasswd write'],
  [
    /^file \/var\/(cache\/(apt|debconf|ldconfig)|lib\/(apt|dpkg)|log\/(apt|dpkg\.log|alternatives\.log))/,
    'apt',
  ],
  [/^file \/etc\/ld\.so\.cache /, 'apt: the libraries of packages that stay'],
  [/^file \/var\/log\/(journal|wtmp|btmp|lastlog)/, 'the log of logins and services'],
  [/^file \/var\/lib\/(systemd|sudo|private|dbus)\//, 'the state of running services'],
  [/^file \/(var\/)?tmp\/systemd-private-/, 'the state of running services'],
  [/^file \/var\/lib\/NetworkManager\//, 'the state of running services'],
  [/^module /, 'loaded when it was first used; costs nothing, and a reboot forgets it'],
  [
    /^unit (session-|user@|user-runtime-dir@|systemd-(hostnamed|timedated|localed|fsckd)|NetworkManager-dispatcher)/,
    'logins and services that end',
  ],
  [
    /^unit (ldconfig|systemd-(journal-catalog-update|sysusers|update-done|hwdb-update|firstboot))\.service$/,
    'run at the first boot only (ConditionNeedsUpdate=)',
  ],
  // No entry for anybody: owner, group, mask and others only.
  [
    /^file \/dev\/kvm 20660 0:\d+ device \d+( system\.posix_acl_access=0200000001000600f{8}04000600f{8}10000600f{8}20000000f{8})?$/,
    'the mask of an ACL that grants nothing stays (docs/fixes/kvm-access.md)',
  ],
  // An address that a router announces may come and go.
  [/^(address|route) .*\b(fec0|fe80)::?.*enp0s1|^(address|route).*enp0s1.*\b(fec0|fe80)/, "QEMU's network"],
]

/** @returns lines with `-` for what is gone and `+` for what is new, each with its reason */
export const compare = (before: readonly string[], after: readonly string[]): readonly Difference[] => {
  const was = new Set(before)
  const is = new Set(after)
  const changes = [
    ...before.filter((line) => !is.has(line)).map((line) => ({ sign: '-', line })),
    ...after.filter((line) => !was.has(line)).map((line) => ({ sign: '+', line })),
  ]
  const packages = changes.some(({ sign, line }) => sign === '+' && line.startsWith('package '))
  // Only what is new among the files of packages: a changed file of an old one is a difference.
  const owned = new Set(
    changes
      .filter(({ sign, line }) => sign === '+' && line.startsWith('owned '))
      .map(({ line }) => line.slice('owned '.length)),
  )
  const ofPackage = (line: string) => owned.has(line.split(' ')[1] ?? '')
  const because = (sign: string, line: string): string | null => {
    if (packages && sign === '+') {
      if (line.startsWith('package ')) return 'installed packages stay (docs/fixes/install-packages.md)'
      if (/^file \/(usr|etc|var\/lib|opt)\//.test(line) && ofPackage(line)) return 'of a package that stays'
    }
    return reasons.find(([pattern]) => pattern.test(line))?.[1] ?? null
  }
  return changes
    .filter(({ line }) => !line.startsWith('owned '))
    .map(({ sign, line }) => ({ line: `${sign} ${line}`, because: because(sign, line) }))
}

/** The differences by reason, with counts, and every one that nothing explains. */
export const describeDifferences = (differences: readonly Difference[]): string => {
  const groups = new Map<string, string[]>()
  for (const { line, because } of differences) {
    const key = because ?? 'NOT EXPLAINED'
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups]
    .map(([because, lines]) => {
      const shown = because === 'NOT EXPLAINED' ? lines : lines.slice(0, 12)
      const more = lines.length - shown.length
      return [
        `${because}: ${lines.length}`,
        ...shown.map((line) => `  ${line}`),
        ...(more ? [`  and ${more} more`] : []),
      ].join('\n')
    })
    .join('\n')
}
