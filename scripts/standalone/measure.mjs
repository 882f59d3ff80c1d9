/**
 * How long the executable takes from start to end, against `node -e 0` of the release that is inside: the least
 * of so many runs, in turns. node scripts/standalone/measure.mjs [RUNS]
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { ownArch, runtimeFor } from './runtime.mjs'

const name = readdirSync('standalone').find((file) => file.endsWith(`-linux-${ownArch}`))
const node = runtimeFor(ownArch).node
const commands = {
  'node -e 0': [node, '-e', '0'],
  'executable --version': [`standalone/${name}`, '--version'],
  'executable list': [`standalone/${name}`, 'list'],
  'executable explain kvm': [`standalone/${name}`, 'explain', 'kvm'],
  'node dist/cli.js list': [node, 'dist/cli.js', 'list'],
}
const least = Object.fromEntries(Object.keys(commands).map((key) => [key, Infinity]))
for (let run = 0; run < Number(process.argv[2] ?? 15); run += 1) {
  for (const [key, [program, ...args]] of Object.entries(commands)) {
    const start = performance.now()
    spawnSync(program, args, { stdio: 'ignore' })
    least[key] = Math.min(least[key], performance.now() - start)
  }
}
for (const [key, milliseconds] of Object.entries(least))
  console.log(
    `${key.padEnd(24)} ${milliseconds.toFixed(0).padStart(4)} ms  ${(milliseconds / least['node -e 0']).toFixed(2)}`,
  )
