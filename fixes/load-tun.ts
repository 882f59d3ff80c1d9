import { defineFix } from '../src/contract/fix.ts'
import type { FixArgs } from '../src/contract/fix-args.ts'
import type { Step } from '../src/contract/step.ts'

interface Survey {
  /** The driver is at work, as a module or built in. */
  readonly driver: boolean
}

const load: Step = {
  kind: 'run',
  argv: ['modprobe', 'tun'],
  root: true,
  why: 'load tun, which creates /dev/net/tun',
  undo: [['modprobe', '--remove', 'tun']],
  undoWhile: '/sys/module/tun',
}

// Only udev or the container runtime should create device nodes.
const nodeOnly: Step = {
  kind: 'manual',
  text:
    'The tun driver is there, its node is not: in a container, pass it in (--device /dev/net/tun); ' +
    'else `sudo mkdir -p /dev/net && sudo mknod -m 666 /dev/net/tun c 10 200`.',
}

export const loadTun = defineFix<'load-tun', FixArgs['load-tun'], Survey>({
  id: 'load-tun',
  title: 'Make /dev/net/tun usable',
  programs: { modprobe: 'kmod' },
  survey: async (host) => ({ driver: (await host.stat('/sys/class/misc/tun')) !== null }),
  plan: ({ mode }, _config, { driver }) => {
    if (mode === null) return [driver ? nodeOnly : load]
    return [
      {
        // 0666 is the mode that udev sets: the kernel itself decides which user may use which TAP.
        kind: 'run',
        argv: ['chmod', '0666', '/dev/net/tun'],
        root: true,
        why: 'give /dev/net/tun its usual mode, so that users can attach to their own TAPs',
        undo: [['chmod', mode, '/dev/net/tun']],
        undoWhile: '/dev/net/tun',
      },
    ]
  },
})
