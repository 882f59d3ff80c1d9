/** How long the command of a step may run: far beyond what it takes, so that only one that hangs is ended. */
import type { RunStep } from '../contract/step.ts'

const minute = 60_000

/** @returns milliseconds; an emulated host is some twenty times slower than a real one */
export const limitOf = ({
  critical,
  logged,
  progress,
}: Pick<RunStep, 'critical' | 'logged' | 'progress'>): number => {
  // A package manager waits for the lock of another one, and downloads.
  if (critical) return 120 * minute
  // A kernel takes hours on such a host.
  if (logged || progress === 'make') return 24 * 60 * minute
  // Gigabytes over a slow line, or onto a slow disk.
  if (progress !== undefined) return 240 * minute
  return 20 * minute
}
