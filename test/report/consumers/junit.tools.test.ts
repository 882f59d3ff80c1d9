/** JUnit XML against the schema of Jenkins, and against what GitLab reads. */
import { describe, expect, it } from 'vitest'
import { repository } from '../../helpers/disposable-host.ts'
import { because, missing } from '../../helpers/needs.ts'
import { consume } from '../../helpers/test-tools.ts'
import { documents } from './documents.ts'

const whyNot = missing('xmllint')
const lint = (schema: string, xml: string) =>
  consume(
    'xmllint',
    ['--nonet', '--noout', '--schema', `${repository}/test/report/schemas/${schema}`, '-'],
    xml,
  )

describe.each(['jenkins-junit-10.xsd', 'gitlab-junit.xsd'])('junit and %s', (schema) => {
  it.skipIf(whyNot)(`agree${because(whyNot)}`, async () => {
    for (const [of, xml] of Object.entries(await documents('junit'))) {
      expect([of, lint(schema, xml).stderr]).toEqual([of, '- validates\n'])
    }
  })

  it.skipIf(whyNot)(`refuses what is none${because(whyNot)}`, async () => {
    const { 'hostile texts': xml = '' } = await documents('junit')
    const broken = xml.replace(/<failure[^>]*>/, '<failed>').replace('</failure>', '</failed>')
    expect(lint(schema, broken).status).toBe(3)
  })
})

it.skipIf(whyNot)(`GitLab shows what was found${because(whyNot)}`, async () => {
  const { 'hostile texts': xml } = await documents('junit')
  const text = (path: string) => consume('xmllint', ['--xpath', `string(//${path})`, '-'], xml).stdout
  expect(text('testcase[@name="disk-image"]/failure')).toMatch(/^missing\ncode: disk-image\/missing\n/)
  expect(text('testcase[@name="nat"]/error')).toMatch(/^only root sees it\n/)
  expect(text('testcase[@name="cloud-init"]/skipped')).toBe('blocked by disk-image\n')
})
