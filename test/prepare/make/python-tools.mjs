/** Makes the virtual environment of python-tools.txt, and removes those of former versions of that file. */
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { cacheDirectory, pythonRequirements, pythonTools, pythonToolsMark } from '../places.mjs'

const run = (program, ...args) => execFileSync(program, args, { stdio: 'inherit' })

run('python3', '-m', 'venv', '--clear', pythonTools)
run(`${pythonTools}/bin/pip`, 'install', '--quiet', '--requirement', pythonRequirements)
// Programs in it name its path, so it cannot be renamed when it is complete.
writeFileSync(pythonToolsMark, '')
for (const name of readdirSync(cacheDirectory)) {
  if (name.startsWith('python-') && name !== basename(pythonTools))
    rmSync(`${cacheDirectory}/${name}`, { recursive: true })
}
