import { notForNone } from './shared/network.ts'
import { toolCheck } from './shared/tool.ts'

export const iproute2 = toolCheck({
  id: 'iproute2',
  title: 'ip shows and makes interfaces',
  commands: ['ip'],
  // The call that the network checks read the interfaces with: one process serves them all.
  trial: ['-j', '-d', 'addr', 'show'],
  byName: true,
  package: 'iproute2',
  networkPlace: { hop: 'tap', onlyWhenWrong: true },
  skipReason: notForNone,
})
