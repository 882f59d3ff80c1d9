/** A command as data: the program and its arguments, never a shell string. */
export type Argv = readonly [program: string, ...args: string[]]
