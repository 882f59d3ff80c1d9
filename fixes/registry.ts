/** Every fix, in the order in which fixes are carried out: what others need comes first. */
export const fixes = {} as const

/** A fix with its arguments, as a verdict names it; a wrong argument does not compile. */
export type FixCall = { readonly id: string; readonly args: any }
