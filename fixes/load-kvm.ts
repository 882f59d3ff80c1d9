import { defineFix } from '../src/contract/fix.ts'

export const loadKvm = defineFix({
  id: 'load-kvm',
  title: 'Load the KVM module',
  programs: { modprobe: 'kmod' },
  // The module of the processor pulls in kvm itself; from then on udev loads it at every start.
  plan: ({ module }: { readonly module: string }) => [
    {
      kind: 'run',
      argv: ['modprobe', module],
      root: true,
      why: `load ${module}, which creates /dev/kvm`,
      undo: [['modprobe', '--remove', module]],
      undoWhile: `/sys/module/${module}`,
    },
  ],
})
