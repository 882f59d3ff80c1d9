import { toolCheck } from './shared/tool.ts'

export const dosfstools = toolCheck({
  id: 'dosfstools',
  title: 'mkdosfs makes the NoCloud seed image',
  // The same program under three names; which of them exist differs between distributions.
  commands: ['mkdosfs', 'mkfs.fat', 'mkfs.vfat'],
  trial: ['--help'],
  package: 'dosfstools',
})
