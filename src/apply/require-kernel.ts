/** Looks at a kernel that was just made, before it gets its name. */
import { open } from 'node:fs/promises'
import { inspectKernel, type Read } from '../formats/kernel.ts'
import { kindOf, magicLength } from '../formats/magic.ts'
import { findKernelProblem } from '../hypervisor/kernel.ts'
import { describeKernelProblem } from '../hypervisor/kernel-findings.ts'
import { DoctorError, exit } from '../util/errors.ts'

/**
 * @param arch as `uname -m` writes it
 * @throws DoctorError (exit 5) when Cloud Hypervisor could not start it
 */
export const requireKernel = async (path: string, arch: string): Promise<void> => {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const read: Read = async (offset, length) => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    const kind = kindOf(await read(0, magicLength))
    const fault = findKernelProblem(await inspectKernel(read, size), { file: path, kind, size }, arch)
    if (fault) {
      const { found, hint } = describeKernelProblem(fault)
      throw new DoctorError(
        exit.fixFailed,
        `what was built cannot be started by Cloud Hypervisor: ${found}${hint ? `. ${hint}` : ''}`,
      )
    }
  } finally {
    await file.close()
  }
}
