import { toolCheck } from './shared/tool.ts'

export const qemuUtils = toolCheck({
  id: 'qemu-utils',
  title: 'qemu-img converts images to raw',
  commands: ['qemu-img'],
  trial: ['--version'],
  package: 'qemu-utils',
  version: /version (\d[\w.]*)/,
})
