import { defineFix } from '../src/contract/fix.ts'
import type { FixArgs } from '../src/contract/fix-args.ts'
import type { RunStep, Step } from '../src/contract/step.ts'
import { groupIn } from '../src/host/groups.ts'

interface Survey {
  readonly groupExists: boolean
  /** Set where udev is running, which would set the device back. */
  readonly udev: { readonly uid: number; readonly setfacl: string } | null
}

const device = '/dev/kvm'

/**
 * KVM announces every machine that is created as a change of its device, udev then applies its rules
 * once more, and what systemd tags `uaccess` (70-uaccess.rules, kvm among it) loses every ACL that it did
 * not set itself (73-seat-late.rules): without this the access would end with the first guest. The tag
 * itself cannot be taken off (it is sticky, systemd 247 and newer); `RUN=` replaces what 73 asked for.
 * Below /run, so that it ends with the ACL: at the next reboot.
 */
const keepAccess = ({ uid, setfacl }: { uid: number; setfacl: string }): readonly Step[] => [
  {
    kind: 'write',
    path: '/run/udev/rules.d/74-chv-doctor-kvm.rules',
    content:
      '# Written by chv-doctor: else udev resets the ACL of /dev/kvm with every guest that starts.\n' +
      `SUBSYSTEM=="misc", KERNEL=="kvm", RUN="${setfacl} -m u:${uid}:rw ${device}"\n`,
    mode: 0o644,
    why: 'make udev keep that access (until the next reboot)',
    root: true,
  },
  {
    kind: 'run',
    argv: ['udevadm', 'control', '--reload'],
    root: true,
    why: 'make udev read that',
    undo: [],
  },
]

const run = (
  argv: RunStep['argv'],
  why: string,
  undo: NonNullable<RunStep['undo']>,
  undoWhile: string,
): RunStep => ({ kind: 'run', argv, root: true, why, undo, undoWhile })

/** Access now through an ACL, and lasting through the group, which counts only from the next login on. */
export const kvmAccess = defineFix<'kvm-access', FixArgs['kvm-access'], Survey>({
  id: 'kvm-access',
  title: 'Give the user access to /dev/kvm',
  programs: { setfacl: 'acl' },
  survey: async (host) => {
    const [groups, udev, setfacl] = await Promise.all([
      host.readText('/etc/group'),
      host.stat('/run/udev/control'),
      host.rootProgram('setfacl'),
    ])
    return {
      groupExists: groupIn(groups ?? '', 'kvm') !== null,
      // Where its package is still to be installed, it will be there.
      udev: udev && { uid: host.user.uid, setfacl: setfacl ?? '/usr/bin/setfacl' },
    }
  },
  plan: ({ user, inGroup, groupOwns }, _config, { groupExists, udev }) => {
    const steps: Step[] = [
      ...(udev ? keepAccess(udev) : []),
      run(
        ['setfacl', '-m', `u:${user}:rw`, device],
        `let ${user} open ${device} now (until the next reboot)`,
        [['setfacl', '-x', `u:${user}`, device]],
        device,
      ),
    ]
    if (groupExists && !inGroup) {
      steps.push(
        run(
          ['usermod', '--append', '--groups', 'kvm', user],
          `put ${user} into group kvm (counts from the next login on)`,
          [['gpasswd', '--delete', user, 'kvm']],
          '/etc/group',
        ),
      )
    }
    // Else there is nothing left to do: after the next reboot every login is a new one.
    if (!(groupExists && groupOwns)) {
      steps.push({
        kind: 'manual',
        text: `${device} does not belong to group kvm here (udev's usual rule is missing), so this access ends with the next reboot.`,
      })
    }
    return steps
  },
})
