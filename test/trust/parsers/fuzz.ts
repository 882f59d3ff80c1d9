/**
 * Coverage-guided fuzzing of one target: inputs that reach new blocks of our code are kept and changed
 * further. A small fuzzer of our own: the native part of jazzer.js 4.0.0 does not load on Debian 12 (its
 * C library is older than the one that part was built with), and V8 counts blocks by itself.
 */
import { watchBlocks } from './coverage.ts'
import { maxBytesOf, mutate } from './mutate.ts'
import { mutateJson } from './mutate-json.ts'
import { randomFrom } from './random.ts'
import type { Target } from './target.ts'

/** V8 is asked once for so many cases; when one of them was new, each is run again to find which. */
const batchSize = 64

export interface FuzzResult {
  readonly target: string
  readonly cases: number
  /** Inputs that reached something new. */
  readonly kept: number
  readonly blocks: number
  /** The longest that one case took, in milliseconds. */
  readonly slowestMs: number
  readonly failures: readonly { readonly message: string; readonly input: string }[]
}

/** An error that the target may not throw, or null. */
const failureOf = async (target: Target, input: Buffer): Promise<string | null> => {
  try {
    await target.run(input)
    return null
  } catch (error) {
    if (target.allows?.(error)) return null
    return error instanceof Error
      ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ')
      : String(error)
  }
}

/**
 * @param isOurs which scripts count as code of the product
 * @param onCase gets each input before it is tried, so that what ends the process is known
 */
export const fuzz = async (
  target: Target,
  cases: number,
  seed: number,
  isOurs: (url: string) => boolean,
  onCase: (input: Buffer, done: number) => void = () => {},
): Promise<FuzzResult> => {
  const random = randomFrom(seed)
  const words = (target.words ?? []).map((word) => Buffer.from(word, 'latin1'))
  /** Bytes are changed, and of JSON its values: changed bytes seldom leave it readable. */
  const change = (input: Buffer, other: Buffer): Buffer =>
    (target.json && random.below(4) > 0 ? mutateJson(input, random, target.words ?? []) : null) ??
    mutate(input, random, words, other, maxBytes)
  const corpus: Buffer[] = target.seeds.map((given) => Buffer.from(given))
  const maxBytes = maxBytesOf(corpus)
  const seen = new Set<string>()
  const failures = new Map<string, string>()
  let slowestMs = 0
  let kept = 0
  const blocks = watchBlocks(isOurs)
  /** The blocks that ran since the last question and never before. */
  const fresh = (): Set<string> => new Set(blocks.take().blocks.filter((block) => !seen.has(block)))
  const runOne = async (input: Buffer) => {
    const start = performance.now()
    const failure = await failureOf(target, input)
    slowestMs = Math.max(slowestMs, performance.now() - start)
    if (failure !== null && failures.size < 10 && !failures.has(failure))
      failures.set(failure, input.subarray(0, 2000).toString('base64'))
  }
  /**
   * The inputs of a batch that reach what is wanted, by halving: an answer of V8 costs more than most
   * cases, and few of a batch are new. What has been found is taken out of `wanted`.
   */
  const reaching = async (batch: readonly Buffer[], wanted: Set<string>): Promise<readonly Buffer[]> => {
    if (wanted.size === 0) return []
    for (const input of batch) await failureOf(target, input)
    const own = new Set([...fresh()].filter((block) => wanted.delete(block)))
    if (own.size === 0) return []
    if (batch.length === 1) return batch
    const half = Math.ceil(batch.length / 2)
    return [...(await reaching(batch.slice(0, half), own)), ...(await reaching(batch.slice(half), own))]
  }
  try {
    for (const input of corpus) await runOne(input)
    for (const block of fresh()) seen.add(block)
    for (let done = 0; done < cases; done += batchSize) {
      const batch = Array.from({ length: Math.min(batchSize, cases - done) }, () =>
        change(random.pick(corpus), random.pick(corpus)),
      )
      for (const [index, input] of batch.entries()) {
        onCase(input, done + index)
        await runOne(input)
      }
      const reached = fresh()
      if (reached.size === 0) continue
      const found = await reaching(batch, new Set(reached))
      corpus.push(...found)
      kept += found.length
      // What did not happen again (the first use of something) is no reason to look for it for ever.
      for (const block of reached) seen.add(block)
    }
  } finally {
    blocks.end()
  }
  return {
    target: target.id,
    cases,
    kept,
    blocks: seen.size,
    slowestMs: Math.round(slowestMs),
    failures: [...failures].map(([message, input]) => ({ message, input })),
  }
}
