import { toolCheck } from './shared/tool.ts'

export const mtools = toolCheck({
  id: 'mtools',
  title: 'mcopy fills the NoCloud seed image',
  commands: ['mcopy'],
  trial: ['--version'],
  package: 'mtools',
  version: /mtools\) (\d[\w.]*)/,
})
