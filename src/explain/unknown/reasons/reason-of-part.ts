/** The usual reason of an errno for the part of a machine that a line names. */

import { fileParts } from './files.ts'
import { kernelFileParts } from './kernel-files.ts'
import { machineParts } from './machine.ts'
import { networkParts } from './network.ts'
import type { Part, Reason } from './reason.ts'

/** A path of a file is told by what it is for; only then by what was done to it. */
export const parts: readonly Part[] = [...kernelFileParts, ...networkParts, ...machineParts, ...fileParts]

/** @returns the usual reason of an errno for the part that a line names, or null */
export const reasonOfPart = (text: string, errno: number): Reason | null => {
  const part = parts.find(({ words, reasons }) => reasons[errno] !== undefined && words.test(text))
  const [why, tells = null] = part?.reasons[errno] ?? []
  return why === undefined ? null : { why, tells }
}
