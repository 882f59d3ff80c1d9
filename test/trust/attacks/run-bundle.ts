/** Runs TypeScript in a Node of its own, with the environment and working directory of an attack. */
import { spawn } from 'node:child_process'
import { bundled } from '../../helpers/bundled.ts'

export interface Bundle {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts it. @param source imports by paths from the root of the repository */
export const startBundle = (source: string, { cwd = '/', env = {} }: Bundle = {}) =>
  spawn(process.execPath, [bundled(source)], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { HOME: '/nonexistent', PATH: process.env.PATH ?? '', ...env },
  })

/** @returns what it printed on standard output */
export const runBundle = async (source: string, options: Bundle = {}): Promise<string> => {
  const child = startBundle(source, options)
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await new Promise((resolve) => child.on('close', resolve))
  return text
}
