/** A report with a result of each status, and texts that the syntax of a form could take for its own. */
import type { Report, Result } from '../../src/contract/report.ts'
import { reportOf } from '../helpers/report.ts'

const hostile = `a|b, 100% <b>&"quoted"</b> #1 \`x\` \\ : * [l](u)\r\nnext ::error::`

export const results: readonly Result[] = [
  { id: 'kvm', title: 'KVM', group: 'host', status: 'ok', found: 'works', durationMs: 3.14 },
  {
    id: 'memory',
    title: 'Memory',
    group: 'host',
    status: 'warn',
    code: 'memory/short',
    values: { bytes: 5 },
    found: hostile,
    expected: 'more',
    hint: hostile,
    durationMs: 1,
  },
  {
    id: 'disk-image',
    title: 'The disk',
    group: 'artifacts',
    status: 'fail',
    code: 'disk-image/missing',
    values: {},
    found: 'missing',
    expected: 'a raw disk',
    path: '/srv/a|b.raw',
    fix: { id: 'fetch-image', args: {} },
    durationMs: 1500,
  },
  {
    id: 'cloud-init',
    title: 'The seed',
    group: 'artifacts',
    status: 'skip',
    reason: 'blocked by disk-image',
    blockedBy: 'disk-image',
    durationMs: 0,
  },
  {
    id: 'nat',
    title: 'NAT',
    group: 'network',
    status: 'unknown',
    code: 'nat/not-readable',
    reason: 'only root sees it',
    durationMs: 2,
  },
]

/** @returns the report of these results, from a host whose name is markup */
export const hostileReportOf = (list: readonly Result[]): Report =>
  reportOf(list, { host: 'box<1>', startedAt: '2026-11-26T12:00:00.500Z', durationMs: 1510, exitCode: 1 })
