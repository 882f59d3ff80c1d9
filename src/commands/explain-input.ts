/** Reads the text to explain: from a file, or from standard input with a note while it is silent. */
import { readTail, type Tail } from '../explain/reading/tail.ts'
import { openInput } from '../host/input.ts'
import { errnoOf, UsageError } from '../util/errors.ts'
import { UnusableFile } from '../util/input-file.ts'
import type { Context } from './context.ts'

/** Only the last 4 MiB are read: about forty thousand lines, diagnosed in about a second. */
const maxInput = 4 * 2 ** 20

/** How long standard input may be silent before a note says that it is read. */
const waitMs = 1500

const compressions: readonly (readonly [magic: readonly number[], reader: string])[] = [
  [[0x1f, 0x8b], 'zcat'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstdcat'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xzcat'],
  [[0x42, 0x5a, 0x68], 'bzcat'],
]

const refuseUnreadable = (source: string, tail: Tail) => {
  const { head } = tail
  if (tail.bytes === 0) throw new UsageError(`${source} is empty: there is nothing to explain.`)
  const reader = compressions.find(([magic]) => magic.every((byte, at) => head[at] === byte))?.[1]
  if (reader) {
    throw new UsageError(
      `${source} is compressed: unpack it first, as in \`${reader} FILE | chv-doctor explain -\`.`,
    )
  }
  if (Buffer.from(head).toString('latin1') === 'LPKSHHRH') {
    throw new UsageError(
      `${source} is a file of the journal: \`journalctl --file FILE | chv-doctor explain -\`.`,
    )
  }
}

const fromFile = async (path: string): Promise<Tail> => {
  try {
    return await readTail(await openInput(path), maxInput)
  } catch (error) {
    if (error instanceof UnusableFile)
      throw new UsageError(`${path} ${error.because}: name a file with the output in it.`, { cause: error })
    throw new UsageError(`${path} cannot be read (${errnoOf(error)}).`, { cause: error })
  }
}

const fromInput = async ({ out, signal }: Context): Promise<Tail> => {
  const { stdin } = process
  if (stdin.isTTY) {
    out.say('Paste what Cloud Hypervisor printed, then press Enter and Ctrl-D.')
  }
  const waiting = setTimeout(() => {
    out.say('Waiting for standard input. To read a file: `chv-doctor explain FILE`.')
  }, waitMs)
  const stop = () => stdin.destroy()
  signal.addEventListener('abort', stop, { once: true })
  stdin.once('data', () => clearTimeout(waiting))
  if (stdin.isTTY) clearTimeout(waiting)
  try {
    return await readTail(stdin, maxInput)
  } catch (error) {
    if (signal.aborted) throw error
    throw new UsageError(`Standard input cannot be read (${errnoOf(error) ?? 'closed'}).`, { cause: error })
  } finally {
    clearTimeout(waiting)
    signal.removeEventListener('abort', stop)
  }
}

/**
 * @param source a path, or "-" for standard input
 * @throws UsageError for a file that does not exist, is empty, a directory or compressed
 */
export const readInput = async (context: Context, source: string): Promise<Tail> => {
  const tail = source === '-' ? await fromInput(context) : await fromFile(source)
  refuseUnreadable(source === '-' ? 'Standard input' : source, tail)
  return tail
}
