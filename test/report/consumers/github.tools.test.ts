/** Annotations, read as the runner of GitHub Actions reads workflow commands. */
import { describe, expect, it } from 'vitest'
import { details } from '../../../src/report/formats/details.ts'
import { renderGithub } from '../../../src/report/formats/github.ts'
import { hostileReportOf, results } from '../hostile-report.ts'
import { documents } from './documents.ts'

const text = (escaped: string) =>
  escaped.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
const property = (escaped: string) => text(escaped.replaceAll('%3A', ':').replaceAll('%2C', ','))

/** As ActionCommand.TryParseV2 of actions/runner: "::name key=value,key=value::data" on a line of its own. */
const parse = (line: string) => {
  const [, name = '', properties = '', data = ''] = /^::([a-z-]+)(?: ([^\n]*?))?::(.*)$/s.exec(line) ?? []
  const pairs = properties.split(',').map((pair) => /^([^=]+)=(.*)$/s.exec(pair) ?? [])
  return {
    name,
    properties: Object.fromEntries(pairs.map(([, key, value = '']) => [key, property(value)])),
    data: text(data),
  }
}

const annotations = (document: string) =>
  document
    .split(/\r?\n/)
    .filter((line) => line.includes('::'))
    .map(parse)

describe('github annotations', () => {
  it('say what was found after the runner took the escapes away', () => {
    const [fail, unknown, warn] = annotations(renderGithub(hostileReportOf(results)))
    expect(fail).toMatchObject({ name: 'error', properties: { title: 'disk-image/missing' } })
    expect(unknown).toMatchObject({ name: 'error', properties: { title: 'nat/not-readable' } })
    const [, memory] = results
    if (!memory) throw new Error('the fixture has a warning')
    expect(warn).toEqual({
      name: 'warning',
      properties: { title: 'memory/short' },
      data: [memory.found, ...details(memory)].join('\n'),
    })
  })

  it('are as many as there are findings: no text begins one', async () => {
    for (const document of Object.values(await documents('github'))) {
      for (const { name } of annotations(document)) expect(name).toMatch(/^(error|warning)$/)
      const { fail, unknown, warn } =
        /failed (?<fail>\d+), unknown (?<unknown>\d+), warnings (?<warn>\d+)/.exec(document)?.groups ?? {}
      expect(annotations(document)).toHaveLength(Number(fail) + Number(unknown) + Number(warn))
    }
  })

  it('come worst first, because ten of a kind are shown in a step', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => {
      const result = results[index % 2 === 0 ? 4 : 2]
      if (!result) throw new Error('the fixture has failures')
      return { ...result, id: `check-${index}`, code: `check-${index}/x` }
    })
    const shown = annotations(renderGithub(hostileReportOf(twelve))).slice(0, 10)
    const failed = shown.filter(({ data }) => data.startsWith('missing'))
    expect(failed).toHaveLength(6)
    expect(shown.slice(0, 6)).toEqual(failed)
  })
})
