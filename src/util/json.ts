/** JSON as a type: what facts, arguments of fixes and reports consist of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Whether a value that was parsed is an object of keys and values. */
export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * T with `never` in the place of everything that JSON does not keep: functions, dates, maps, symbols,
 * `undefined` that is not just an absent property. A type is JSON when it is assignable to this.
 * Interfaces are accepted, which have no index signature and so are not assignable to `Json`.
 * The idea is `EnsureSerializable` of arethetypeswrong.
 */
export type Jsonable<T> = T extends string | number | boolean | null
  ? T
  : T extends (...args: never) => unknown
    ? never
    : T extends object
      ? { [Key in keyof T]: Jsonable<T[Key]> }
      : never
