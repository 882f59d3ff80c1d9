/** Words that all pages of a merge share. */
import type { HostState, Merge } from '../../contract/merge.ts'

/** What a host is called by its worst check. */
export const stateWords: Readonly<Record<HostState, string>> = {
  fail: 'failing',
  unknown: 'unknown',
  warn: 'with warnings',
  ok: 'healthy',
}

/** The same where it stands alone. */
export const shortWords: Readonly<Record<HostState, string>> = { ...stateWords, warn: 'warnings' }

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** @returns "a, b, c and 12 more" */
export const someOf = (names: readonly string[], most: number): string =>
  names.length > most
    ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
    : names.join(', ')

/** "2026-11-26 12:00 UTC" */
export const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`

/** Releases of chv-doctor among the hosts, for the case that they differ. */
export const versionsIn = ({ hosts }: Merge): readonly string[] =>
  [...new Set(hosts.map(({ version }) => version))].sort()
