/** Which blocks of our own code ran since the last question: V8's precise coverage, over the inspector. */
import { Session } from 'node:inspector'

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

interface Script {
  readonly scriptId: string
  readonly url: string
  readonly functions: readonly { readonly ranges: readonly Range[] }[]
}

export interface Blocks {
  /**
   * Names of the blocks that ran, and how often blocks ran in all: a measure of work that no
   * clock disturbs. V8 names a block only where its count differs from that of the block around it, so a
   * block that was once named counts as run wherever the innermost one around it did.
   */
  take(): { readonly blocks: readonly string[]; readonly steps: number }
  end(): void
}

/** The blocks of a function that were ever named, and which of them ran by this answer. */
const ranIn = (known: Map<string, Range>, ranges: readonly Range[]): readonly string[] => {
  for (const range of ranges) {
    const name = `${range.startOffset}:${range.endOffset}`
    if (!known.has(name)) known.set(name, range)
  }
  return [...known].flatMap(([name, { startOffset, endOffset }]) => {
    // They come from the outside to the inside.
    const around = ranges.findLast((one) => one.startOffset <= startOffset && one.endOffset >= endOffset)
    return around && around.count > 0 ? [name] : []
  })
}

/** @param isOurs tells the scripts that count by their address */
export const watchBlocks = (isOurs: (url: string) => boolean): Blocks => {
  const session = new Session()
  session.connect()
  const post = (method: string, parameters: object = {}): unknown => {
    let answer: unknown
    // The inspector of one's own thread answers before it returns.
    session.post(method, parameters, (error, result) => {
      if (error) throw error
      answer = result
    })
    return answer
  }
  const functionBlocks = new Map<string, Map<string, Range>>()
  post('Profiler.enable')
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    take: () => {
      const { result } = post('Profiler.takePreciseCoverage') as { readonly result: readonly Script[] }
      const blocks: string[] = []
      let steps = 0
      for (const { url, scriptId, functions } of result) {
        if (!isOurs(url)) continue
        for (const { ranges } of functions) {
          const [whole] = ranges
          if (!whole) continue
          for (const { count } of ranges) steps += count
          const key = `${scriptId}:${whole.startOffset}:${whole.endOffset}`
          const known = functionBlocks.get(key) ?? new Map<string, Range>()
          functionBlocks.set(key, known)
          for (const name of ranIn(known, ranges)) blocks.push(`${key}:${name}`)
        }
      }
      return { blocks, steps }
    },
    end: () => {
      post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}
