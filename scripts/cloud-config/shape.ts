/** Shapes of values, from a schema: of which alternatives of one type are one, so that a fault has one place. */

/** See `Shape` in src/seed/schema.ts; `*` is written at the end. */
export interface Shape {
  t: string
  k?: Record<string, Shape>
  x?: Shape
  r?: string[]
  i?: Shape
  e?: string[]
}

export const anything: Shape = { t: 'sinb0oa' }

const letters = (text: string): string => [...anything.t].filter((letter) => text.includes(letter)).join('')

const keysOfBoth = (
  one: Record<string, Shape>,
  other: Record<string, Shape>,
  merge: (a: Shape, b: Shape) => Shape,
): Record<string, Shape> => {
  const all = { ...one }
  for (const [key, shape] of Object.entries(other)) {
    const known = all[key]
    all[key] = known ? merge(known, shape) : shape
  }
  return all
}

/** What one of two allows. Where one says nothing about a type that it allows, nothing is asked of that type. */
export const either = (one: Shape, other: Shape): Shape => {
  const shape: Shape = { t: letters(one.t + other.t) }
  const allows = (type: string) => [one, other].filter(({ t }) => t.includes(type))
  const maps = allows('o')
  if (maps.every(({ k }) => k !== undefined) && maps.length > 0) {
    shape.k = maps.map(({ k }) => k ?? {}).reduce((a, b) => keysOfBoth(a, b, either))
    const others = maps.flatMap(({ x }) => (x ? [x] : []))
    if (others.length > 0) shape.x = others.reduce(either)
  }
  const required = maps
    .map(({ r }) => r ?? [])
    .reduce<string[] | null>(
      (sofar, r) => (sofar === null ? r : sofar.filter((key) => r.includes(key))),
      null,
    )
  if (required && required.length > 0) shape.r = required
  const items = allows('a').map(({ i }) => i)
  if (items.length > 0 && items.every((i) => i !== undefined))
    shape.i = items.map((i) => i ?? anything).reduce(either)
  const words = allows('s').map(({ e }) => e)
  if (words.length > 0 && words.every((e) => e !== undefined))
    shape.e = [...new Set(words.flatMap((e) => e ?? []))]
  return shape
}

/** What both allow. */
export const both = (one: Shape, other: Shape): Shape => {
  const shape: Shape = { t: [...one.t].filter((type) => other.t.includes(type)).join('') }
  if (one.k && other.k) {
    shape.k = keysOfBoth(one.k, other.k, both)
    if (one.x && other.x) shape.x = both(one.x, other.x)
  } else {
    const { k, x } = one.k ? one : other
    if (k) shape.k = k
    if (x) shape.x = x
  }
  const required = [...new Set([...(one.r ?? []), ...(other.r ?? [])])]
  if (required.length > 0) shape.r = required
  const i = one.i && other.i ? both(one.i, other.i) : (one.i ?? other.i)
  if (i) shape.i = i
  const e = one.e && other.e ? one.e.filter((word) => other.e?.includes(word)) : (one.e ?? other.e)
  if (e) shape.e = e
  return shape
}

/** The same with `*` for what allows anything. */
export const shortened = (shape: Shape): Shape => {
  if (JSON.stringify(shape) === JSON.stringify(anything)) return { t: '*' }
  const short: Shape = { ...shape, t: shape.t === anything.t ? '*' : shape.t }
  if (shape.k)
    short.k = Object.fromEntries(Object.entries(shape.k).map(([key, child]) => [key, shortened(child)]))
  if (shape.x) short.x = shortened(shape.x)
  if (shape.i) short.i = shortened(shape.i)
  return short
}
