/** Whole reports, as people paste them: which cause comes first, and that what works is left alone. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'
import { guestReports, healthyGuests, loneGuestReports } from './guest-reports.ts'
import { healthyHosts, hostReports } from './host-reports.ts'
import { healthyManagers, managerReports } from './manager-reports.ts'
import { healthyNetworks, networkReports } from './network-reports.ts'
import { vmmReports } from './vmm-reports.ts'

/** Doubts about the command stand before what is less than an error. */
const firstOf = (text: string): string | undefined =>
  diagnose(text).find(({ severity }) => severity !== 'advice')?.cause

describe('the first answer', () => {
  it.each([...guestReports, ...loneGuestReports, ...hostReports, ...managerReports, ...vmmReports])(
    'is $cause for $text',
    ({ cause, text }) => {
      expect(firstOf(text)).toBe(cause)
    },
  )
})

it.each(networkReports)('$cause is among the answers to $text', ({ cause, text }) => {
  expect(diagnose(text).map((one) => one.cause)).toContain(cause)
})

it.each([...healthyGuests, ...healthyHosts, ...healthyManagers, ...healthyNetworks])(
  'nothing is wrong in %s',
  (text) => {
    expect(
      diagnose(text).filter(({ cause, severity }) => cause !== 'unknown' && severity !== 'note'),
    ).toEqual([])
  },
)
