import { defineFix, type Step } from '../src/contract.ts'

interface Args {
  /** The present mode of /dev/net/tun in octal when that is what is wrong, else null. */
  readonly mode: string | null
}

export const loadTun = defineFix({
  id: 'load-tun',
  title: 'Make /dev/net/tun usable',
  plan: ({ mode }: Args): readonly Step[] =>
    mode === null
      ? [
          {
            kind: 'run',
            argv: ['modprobe', 'tun'],
            root: true,
            why: 'load tun, which makes /dev/net/tun',
            undo: [['modprobe', '--remove', 'tun']],
            undoWhile: '/sys/module/tun',
          },
        ]
      : [
          {
            // 0666 is what udev gives it everywhere: the kernel itself decides who may use which TAP.
            kind: 'run',
            argv: ['chmod', '0666', '/dev/net/tun'],
            root: true,
            why: 'give /dev/net/tun its usual mode, so that users can attach to their own TAPs',
            undo: [['chmod', mode, '/dev/net/tun']],
            undoWhile: '/dev/net/tun',
          },
        ],
})
