/** What probes asked of a real host, kept as data, so that they can be asked again anywhere. */
import type { Host } from '../../src/host/host.ts'
import { fakeHost } from './fake-host.ts'

/** Answers by question: "run ip -j addr show". */
export type Recording = Record<string, unknown>

/** The kernel has no name in a recording: what a test concludes must not depend on one machine's modules. */
const kernelRelease = 'recorded'

const recorded = ['which', 'readText', 'stat', 'list', 'run', 'runAsRoot'] as const

const keyOf = (method: string, argument: unknown): string =>
  `${method} ${Array.isArray(argument) ? argument.join(' ') : argument}`

/** The host, and what it was asked so far. @public: a bundle that rulesets-lab.ts makes imports it. */
export const recordingHost = (host: Host): { readonly host: Host; readonly recording: Recording } => {
  const recording: Recording = {}
  const wrapped = { ...host, kernelRelease } as Record<string, unknown>
  for (const method of recorded) {
    const ask = host[method] as (argument: never) => Promise<unknown>
    wrapped[method] = async (argument: never) => {
      const answer = await ask(argument)
      recording[keyOf(method, argument)] = answer
      return answer
    }
  }
  return { host: wrapped as unknown as Host, recording }
}

/** A host that gives the recorded answers, and throws on every other question. */
export const replayingHost = (recording: Recording): Host => {
  const host = { ...fakeHost({ user: { uid: 0 }, kernelRelease }) } as Record<string, unknown>
  for (const method of recorded)
    host[method] = async (argument: unknown) => {
      const key = keyOf(method, argument)
      if (!(key in recording)) throw new Error(`recorded host: not asked before: ${key}`)
      return recording[key]
    }
  return host as unknown as Host
}
