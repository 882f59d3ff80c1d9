import { defineFix, type RunStep, type Step } from '../src/contract.ts'
import { groupIn } from '../src/host/groups.ts'

interface Args {
  readonly user: string
  /** /etc/group lists the user already. */
  readonly inGroup: boolean
  /** Group kvm owns /dev/kvm and may read and write it. */
  readonly groupOwns: boolean
}

interface Survey {
  readonly groupExists: boolean
}

const device = '/dev/kvm'

const run = (
  argv: RunStep['argv'],
  why: string,
  undo: NonNullable<RunStep['undo']>,
  undoWhile: string,
): RunStep => ({ kind: 'run', argv, root: true, why, undo, undoWhile })

/** Access now through an ACL, and lasting through the group, which counts only from the next login on. */
export const kvmAccess = defineFix<'kvm-access', Args, Survey>({
  id: 'kvm-access',
  title: 'Give the user access to /dev/kvm',
  programs: { setfacl: 'acl' },
  survey: async (host) => ({
    groupExists: groupIn((await host.readText('/etc/group')) ?? '', 'kvm') !== null,
  }),
  plan: ({ user, inGroup, groupOwns }, _config, { groupExists }) => {
    const steps: Step[] = [
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
          `put ${user} into group kvm, for good`,
          [['gpasswd', '--delete', user, 'kvm']],
          '/etc/group',
        ),
      )
    }
    steps.push({
      kind: 'manual',
      text:
        groupExists && groupOwns
          ? `Log out and in again before the next reboot: ${user}'s membership of group kvm counts only from then on.`
          : `${device} does not belong to group kvm here (udev's usual rule is missing), so this access ends with the next reboot.`,
    })
    return steps
  },
})
