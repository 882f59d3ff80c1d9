/**
 * Writes the types of the library: the declarations that src/library/index.ts reaches, and no others.
 * node scripts/types.mjs [DIRECTORY]; npm pack runs it for dist/types.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const entry = 'src/library/index.ts'
const out = process.argv[2] ?? join(root, 'dist/types')
const place = mkdtempSync(join(tmpdir(), 'chv-types-'))
const declarationOf = (path) => path.replace(/\.ts$/, '.d.ts')

/** @returns the messages of the compiler; declarations are written all the same */
const emit = () => {
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: place,
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions,
    files: [join(root, entry)],
    include: [],
  }
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { stdout } = spawnSync(tsc, ['--project', place], { cwd: root, encoding: 'utf8' })
  return stdout
}

const messages = emit()
rmSync(out, { recursive: true, force: true })
const left = [entry]
const seen = new Set(left)
for (let file = left.pop(); file !== undefined; file = left.pop()) {
  const text = readFileSync(join(place, declarationOf(file)), 'utf8')
  for (const [, specifier] of text.matchAll(/(?:from |import\()["'](\.[^"']+)["']/g)) {
    const next = join(dirname(file), specifier)
    if (!seen.has(next)) left.push(next)
    seen.add(next)
  }
  const target = join(out, declarationOf(file))
  mkdirSync(dirname(target), { recursive: true })
  // A declaration names its neighbours as the JavaScript that they would be.
  writeFileSync(target, text.replaceAll(/((?:from |import\()["']\.[^"']+)\.ts(["'])/g, '$1.js$2'))
}
// dist/package.json says that files are CommonJS.
writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n')
rmSync(place, { recursive: true })

// What is not reached may have types that no declaration can name.
const faults = messages.split('\n').filter((line) => [...seen].some((file) => line.includes(`${file}(`)))
if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exitCode = 1
}
