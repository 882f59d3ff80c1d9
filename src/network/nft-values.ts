/** Values in the JSON of nft. */
import { parseIPv4 } from '../util/address.ts'
import { isMap } from '../util/json.ts'

export type Obj = Readonly<Record<string, unknown>>

export const obj = (value: unknown): Obj => (isMap(value) ? value : {})
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** Text or a number as text: an object in its place may have no way to become text at all. */
export const word = (value: unknown): string => (typeof value === 'number' ? String(value) : text(value))

/** A number, or an IPv4 address as one; null for what is neither. */
export const asNumber = (value: unknown): number | null =>
  typeof value === 'number' ? value : typeof value === 'string' ? parseIPv4(value) : null

/** Both ends of a range of numbers or addresses. */
export const bounds = (range: unknown): readonly [number, number] | null => {
  const [low, high] = list(range).map(asNumber)
  return low === null || low === undefined || high === null || high === undefined ? null : [low, high]
}
