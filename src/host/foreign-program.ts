/** Whether a file is a program of another architecture, from its header alone. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { parseElfHeader } from '../formats/elf.ts'

const headerBytes = 64

/**
 * What the kernel refuses, the C library hands to a shell, which runs it as a script: such a file is not
 * to be started even once. Synchronous, because that takes a hundredth of starting a process.
 * @param path absolute
 * @param arch of this machine, as `uname -m` names it
 * @returns the architecture of a 64-bit program that is not for this one; null for all else, also what cannot be read
 */
export const foreignMachine = (path: string, arch: string): string | null => {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    // A program may be executable and not readable; one that is gone is reported where it is started.
    return null
  }
  try {
    if (!fstatSync(file).isFile()) return null
    const bytes = Buffer.alloc(headerBytes)
    readSync(file, bytes, 0, headerBytes, 0)
    const machine = parseElfHeader(bytes)?.machine ?? arch
    return machine === arch ? null : machine
  } finally {
    closeSync(file)
  }
}
