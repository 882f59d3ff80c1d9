/** A panic of which only the backtrace was pasted: its frames tell in which part it happened. */
import type { Line } from '../diagnosis.ts'

/** How the text of such a panic begins. */
export const backtraceHead = 'backtrace of a panic:'

export const isBacktraceLine = (text: string): boolean => /^\s+(\d+: |at )/.test(text)

const isPanicFrame = /rust_begin_unwind|core::panicking::|std::panicking::/

/** A frame in a crate of ours whose name is not an ordinary word. */
const ourFrame = /^\s+\d+: <?((?:vmm|virtio_devices|cloud_hypervisor|vm_migration|vhost_user_\w+)::[\w:<>]+)/

/** The innermost frames tell which part it was. */
const maxFrames = 6

/** @returns a panic of ours in one line, with the lines that show it; null for other backtraces */
export const panicOfBacktrace = (lines: readonly Line[]): { text: string; lines: readonly Line[] } | null => {
  const frames = lines.filter(({ text }) => ourFrame.test(text)).slice(0, maxFrames)
  const panics = lines.filter(({ text }) => isPanicFrame.test(text))
  if (frames.length === 0 || panics.length === 0) return null
  const names = frames.map(({ text }) => ourFrame.exec(text)?.[1] ?? '')
  return { text: `${backtraceHead} ${names.join(' < ')}`, lines: [...panics, ...frames] }
}
