import { describe, expect, it } from 'vitest'
import { doctorIn, hypervisorIn } from '../../src/catalogue/newest.ts'
import { type UpdateFacts, updateAnswers } from '../../src/report/update-text.ts'

const doctor = { here: '0.1.0', newest: { version: '0.1.0' } }
const hypervisor = { here: '53.0', catalogue: '53.0', newest: { version: '53.0' } }

const said = (facts: Partial<UpdateFacts>) =>
  updateAnswers({ doctor, hypervisor, signed: null, ...facts }).map(({ state, text }) => `${state}: ${text}`)

describe('the answers of update', () => {
  it('is one sentence each when all is new', () => {
    expect(said({})).toEqual([
      'newest: chv-doctor 0.1.0 is the newest.',
      'newest: The catalogue is that of chv-doctor 0.1.0; a newer one comes with a newer chv-doctor; this one knows the newest Cloud Hypervisor.',
      'newest: Cloud Hypervisor 53.0 is the newest.',
    ])
  })

  it('names the signed catalogue that is in force', () => {
    const signed = { fingerprint: 'A'.repeat(40), version: 3, date: '2027-01-31' }
    expect(said({ signed })[1]).toBe(
      `newest: The catalogue is version 3 of 2027-01-31, signed by ${'A'.repeat(40)}; \`chv-doctor update --catalogue\` asks for a newer one; this one knows the newest Cloud Hypervisor.`,
    )
  })

  it('names what is newer, and the command for it', () => {
    expect(
      said({
        doctor: { here: '0.1.0', newest: { version: '0.2.0' } },
        hypervisor: { here: '52.0', catalogue: '53.0', newest: { version: '54.1' } },
      }),
    ).toEqual([
      'older: chv-doctor 0.2.0 is there; this is 0.1.0: `npm install --global chv-doctor@0.2.0`.',
      'older: The catalogue is that of chv-doctor 0.1.0; a newer one comes with a newer chv-doctor: this one knows Cloud Hypervisor up to 53.0.',
      'older: Cloud Hypervisor 54.1 is there; this host has 52.0: name it and its digest in `hypervisor_url` and `hypervisor_sha256`.',
    ])
  })

  it('offers the release of the catalogue where that is the newest', () => {
    expect(said({ hypervisor: { ...hypervisor, here: '52.0' } })[2]).toContain('fix install-cloud-hypervisor')
    expect(said({ hypervisor: { ...hypervisor, here: null } })[2]).toContain('this host has none')
  })

  it.each(['0.0.9', '0.1.0-rc.1', '0.1.0+build'])('does not call %s newer than 0.1.0', (version) => {
    expect(said({ doctor: { here: '0.1.0', newest: { version } } })[0]).toMatch(/^newest/)
  })

  it('compares numbers, not letters', () => {
    expect(said({ hypervisor: { ...hypervisor, here: '9.0' } })[2]).toMatch(/^older/)
    expect(said({ hypervisor: { ...hypervisor, here: '100.0' } })[2]).toMatch(/^newest/)
  })

  it('does not guess what a server did not say', () => {
    const newest = { unknown: 'it hung.' }
    expect(said({ doctor: { ...doctor, newest }, hypervisor: { ...hypervisor, newest } })).toEqual([
      'unknown: Whether there is a newer chv-doctor than 0.1.0 is unknown: it hung.',
      'newest: The catalogue is that of chv-doctor 0.1.0; a newer one comes with a newer chv-doctor.',
      'unknown: The newest Cloud Hypervisor is unknown (this host has 53.0): it hung.',
    ])
  })
})

describe('what servers answer', () => {
  it('is read where it is a version', () => {
    expect(doctorIn('{"latest":"1.2.3","next":"2.0.0-rc.1"}')).toBe('1.2.3')
    expect(hypervisorIn('{"tag_name":"v53.0","name":"x"}')).toBe('53.0')
    expect(hypervisorIn('{"tag_name":"v51.2"}')).toBe('51.2')
  })

  it.each([
    '',
    'null',
    '[]',
    '"1.2.3"',
    '<html>',
    '{"latest":1,"tag_name":1}',
    '{"latest":"$(id)","tag_name":"v53.0; id"}',
    '{"latest":"1.2.3\\u001b[2J","tag_name":"v53.0\\n"}',
    `{"latest":"1.2.${'9'.repeat(100)}","tag_name":"v${'9'.repeat(100)}.0"}`,
    '{"__proto__":{"latest":"1.2.3","tag_name":"v1.0"}}',
  ])('is none of %s', (answer) => {
    expect([doctorIn(answer), hypervisorIn(answer)]).toEqual([null, null])
  })
})
