/** Changes the values of JSON, or of one line of it, so that what comes out can be read and has another shape. */
import type { Random } from './random.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const interesting: readonly Json[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, '', 'a', '\u0000', '__proto__', '\u001b[2J'],
  ...['9'.repeat(400), 'x/../y', [], [[]], {}, { a: null }],
]
const keys = ['__proto__', 'constructor', 'toString', '', '0', 'length']

/** Deep, which is what recursion is slow or ends on. */
const nested = (random: Random): Json => {
  let value: Json = 0
  for (let depth = random.below(400); depth > 0; depth--)
    value = random.below(2) === 0 ? [value] : { a: value }
  return value
}

const isNode = (value: Json): value is readonly Json[] | { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null

/** All values below one, itself among them; of large ones the first. */
const below = (value: Json): readonly Json[] => {
  const found: Json[] = [value]
  for (const one of found) {
    if (found.length > 2000) break
    if (isNode(one)) found.push(...Object.values(one).slice(0, 500))
  }
  return found
}

/** @returns the value with `from` exchanged for what `change` makes of it, copied where it differs */
const exchange = (value: Json, from: Json, change: (value: Json) => Json, isHere: () => boolean): Json => {
  if (value === from && isHere()) return change(value)
  if (Array.isArray(value)) return value.map((one: Json) => exchange(one, from, change, isHere))
  if (!isNode(value)) return value
  // Not by assignment: that would set the prototype where a key is __proto__.
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, exchange(one, from, change, isHere)]),
  )
}

const changeNode = (value: Json, random: Random, words: readonly string[], others: readonly Json[]): Json => {
  const replacement = () => {
    const kind = random.below(6)
    if (kind === 0) return nested(random)
    if (kind === 1 && words.length > 0) return random.pick(words).replaceAll('"', '')
    return kind < 4 ? random.pick(others) : random.pick(interesting)
  }
  if (!isNode(value) || random.below(3) === 0) return replacement()
  if (Array.isArray(value)) {
    const list: Json[] = [...value]
    const place = random.below(list.length + 1)
    const kind = random.below(3)
    if (kind === 0) list.splice(place, 1)
    else if (kind === 1) list.splice(place, 0, replacement())
    else list.push(...list.slice(0, 50))
    return list
  }
  const entries = Object.entries(value)
  const place = random.below(entries.length)
  const kind = random.below(3)
  if (kind === 0) entries.splice(place, 1)
  else
    entries.splice(place, kind - 1, [random.pick([...keys, ...entries.map(([key]) => key)]), replacement()])
  return Object.fromEntries(entries)
}

/** @returns the changed text, or null where it is not JSON */
export const mutateJson = (input: Buffer, random: Random, words: readonly string[]): Buffer | null => {
  const lines = input.toString('utf8').split('\n')
  const read = (text: string): Json | undefined => {
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }
  const whole = read(lines.join('\n'))
  const place = random.below(lines.length)
  let value = whole ?? read(lines[place] ?? '')
  if (value === undefined) return null
  for (let rounds = 1 + random.below(4); rounds > 0; rounds--) {
    const all = below(value)
    const from = random.pick(all)
    // Equal numbers and texts are one to ===: the first that chance picks is changed.
    let left = random.below(3)
    value = exchange(
      value,
      from,
      (one) => changeNode(one, random, words, all),
      () => left-- === 0,
    )
  }
  const text = JSON.stringify(value)
  if (text.length > 65_536) return null
  return Buffer.from(whole === undefined ? lines.with(place, text).join('\n') : text)
}
