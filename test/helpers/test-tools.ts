/** Programs that read what the doctor writes, as `npm run prepare-host` brings them: see test/prepare/consumers.mjs. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pythonTools, pythonToolsMark, unpacked } from '../prepare/places.mjs'

const prepare = 'npm run prepare-host brings it'

/** The path of a program of a Debian package that is unpacked, not installed. */
const unpackedProgram = (program: string, name: string): string => `${unpacked(name)}/usr/bin/${program}`

export const promtool = unpackedProgram('promtool', 'prometheus')
export const nodeExporter = unpackedProgram('prometheus-node-exporter', 'prometheus-node-exporter')

/** For `it.skipIf`: why a program at a path cannot be started, or null. */
export const absent = (path: string): string | null =>
  existsSync(path) ? null : `needs ${path.replace(/.*\//, '')}: ${prepare}`

/** The path of a program of test/prepare/python-tools.txt. */
export const pythonTool = (program: string): string => `${pythonTools}/bin/${program}`

/** For `it.skipIf`: why there are no Python programs, or null. */
export const noPythonTools: string | null = existsSync(pythonToolsMark)
  ? null
  : `needs test/prepare/python-tools.txt: ${prepare}`

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a consumer to its end. */
export const consume = (program: string, args: readonly string[], input = ''): Ended =>
  spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
