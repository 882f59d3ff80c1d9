// npm run bench -- crowd [ROUNDS]: 20 doctors on one host at once, against the same 20 one after another.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { compare } from './compare.mjs'

const rounds = Number(process.argv[3] ?? 3)
const doctors = 20
const cli = new URL('../../dist/cli.js', import.meta.url).pathname

const home = mkdtempSync(`${tmpdir()}/chv-bench-crowd-`)
try {
  const check = async () => {
    const child = spawn(process.execPath, [cli, 'check'], {
      stdio: 'ignore',
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
    })
    const [code] = await once(child, 'close')
    // Nothing is ready here: what fails is found, what could not be found out would be 3.
    if (code !== 1) throw new Error(`a check among ${doctors} ended with ${code}`)
  }
  await compare(`${doctors} checks of one host`, rounds, {
    'one after another': async () => {
      for (let doctor = 0; doctor < doctors; doctor++) await check()
    },
    'at once': () => Promise.all(Array.from({ length: doctors }, check)),
  })
} finally {
  rmSync(home, { recursive: true })
}
