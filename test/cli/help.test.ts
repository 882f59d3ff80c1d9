import { expect, it } from 'vitest'
import { helpText } from '../../src/cli/help.ts'
import { configTemplate } from '../../src/config/template.ts'

it('names documents only where there are some', () => {
  for (const command of ['', 'boot'] as const) {
    expect(helpText(command, '/docs')).toMatch(/Documentation:\n {2}\/docs\/\w+\.md\n$/)
    expect(helpText(command, null)).not.toContain('Documentation')
    expect(helpText(command, null)).toMatch(/[^\n]\n$/)
  }
})

it('names a schema only where there is one', () => {
  expect(configTemplate('file:///docs/config.schema.json')).toMatch(/^# yaml-language-server: \$schema=file:/)
  expect(configTemplate(null)).toMatch(/^# Configuration of chv-doctor/)
})
