import type { ChildProcess } from 'node:child_process'

/**
 * Starts a child process whose streams are used at once. For want of descriptors (EMFILE, ENFILE) Node makes
 * none: it returns a child without streams and reports the error later, which ends the program when nothing
 * listens (lib/internal/child_process.js, ChildProcess.spawn).
 * @param make calls spawn()
 * @throws a system error: EMFILE in that case, and whatever spawn() throws
 */
export const startChild = <Child extends ChildProcess>(make: () => Child): Child => {
  const child = make()
  // Absent, where a stream that was not asked for is null.
  if (child.stdout !== undefined) return child
  child.on('error', () => {})
  throw Object.assign(new Error('too many open files: no program can be started'), { code: 'EMFILE' })
}
