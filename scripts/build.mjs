/**
 * Builds dist/. Two things decide how fast a command starts, and esbuild's command line cannot say them.
 *
 * The entry is CommonJS: node starts a file of it as fast as `node -e 0`, and an empty ES module in 1.15
 * times that. All else are ES modules.
 *
 * What is loaded on use comes after main.ts, and most of it uses what a check is made of. esbuild does not
 * know that, and cuts both into as many files as there are ways to share: 30, which take longer to find and
 * open than to run. So what is loaded on use says that it needs both. A check is two files, not one: V8 parses
 * a file at a time, and takes 25 bytes of memory for each byte of it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { build } from 'esbuild'
import { deferredBuiltins } from './deferred-builtins.mjs'
import { deferredWidth } from './deferred-width.mjs'
import { noticesFor } from './notices.mjs'
import { unusedModules } from './unused-modules.mjs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const root = process.cwd()

const check = 'src/commands/check.ts'

/** What needs main.ts alone. */
const light = ['src/cli/help.ts', 'src/host/package-docs.ts', check]

const afterMain = {
  name: 'after-main',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, async ({ kind, path, importer, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined
      const found = await resolve(path, { kind: 'import-statement', importer, resolveDir })
      return { errors: found.errors, path: relative(root, found.path), namespace: 'after-main' }
    })
    onLoad({ filter: /./, namespace: 'after-main' }, ({ path }) => ({
      contents: [
        `import './src/main.ts'`,
        light.includes(path) ? '' : `import './${check}'`,
        `export * from './${path}'`,
      ].join('\n'),
      resolveDir: root,
    }))
  },
}

const beside = {
  name: 'beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/main\.ts$/ }, () => ({ path: './main.mjs', external: true }))
  },
}

const common = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  outdir: 'dist',
  metafile: true,
  logLevel: 'warning',
}

rmSync('dist', { recursive: true, force: true })
const [entry, program, library, threads] = await Promise.all([
  build({
    ...common,
    entryPoints: ['src/cli.ts'],
    format: 'cjs',
    // It tells the user of an old release what to install.
    target: 'node12.20',
    define: { VERSION: JSON.stringify(version) },
    plugins: [beside],
  }),
  build({
    ...common,
    entryPoints: ['src/main.ts'],
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    banner: { js: 'const require=process.getBuiltinModule;' },
    plugins: [afterMain, unusedModules, deferredWidth, deferredBuiltins],
  }),
  // For programs that import the package: files of its own, since those of the program need main.ts.
  build({
    ...common,
    entryPoints: ['src/library/index.ts'],
    outdir: 'dist/library',
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    define: { VERSION: JSON.stringify(version) },
    plugins: [deferredWidth, deferredBuiltins],
    banner: { js: 'const require=process.getBuiltinModule;' },
  }),
  // Each thread starts from a file.
  build({
    ...common,
    entryPoints: { 'receive-file': 'src/download/thread.ts', 'unpack-image': 'src/unpack/thread.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: { js: 'const require=process.getBuiltinModule;' },
  }),
])
// The package is of ES modules; dist/cli.js alone is not.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n')
const inputs = [entry, program, library, threads]
  .flatMap(({ metafile }) => Object.keys(metafile.inputs))
  .filter((path) => !/^(?:after-main|deferred-builtin):/.test(path))
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesFor(inputs))
const outputs = { ...entry.metafile.outputs, ...program.metafile.outputs, ...threads.metafile.outputs }
writeFileSync('dist/meta.json', JSON.stringify({ outputs }))
