// On a ready host: what a check takes there, with and without its proofs. Prints one line of JSON.
import { spawnSync } from 'node:child_process'
import { interleave, processesOf } from './process.mjs'

const [cli, rounds] = process.argv.slice(2)
const node = process.execPath
const options = { env: { PATH: process.env.PATH, HOME: process.env.HOME }, cwd: process.env.HOME }
const commands = {
  'node -e 0': [node, '-e', '0'],
  'check, without its proofs': [node, cli, 'check', '--skip', 'boot-probe', '--skip', 'guest-reach'],
  check: [node, cli, 'check'],
}
const { stdout } = spawnSync(node, [cli, 'check', '--json'], { ...options, encoding: 'utf8' })
const proofs = JSON.parse(stdout).results.filter(({ id }) => ['boot-probe', 'guest-reach'].includes(id))
const runs = interleave(commands, Number(rounds), options)
const processes = Object.fromEntries(
  Object.entries(commands).map(([name, argv]) => [name, processesOf(argv, options)]),
)
console.log(JSON.stringify({ runs, processes, proofs: proofs.map(({ id, status }) => `${id} ${status}`) }))
