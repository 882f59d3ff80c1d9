/** The program as one CommonJS file: inside an executable, `require` and `import` of a name reach built-in modules only. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { unusedModules } from '../unused-modules.mjs'

/** The pages that `explain ID` shows, by the name under which the executable finds them. */
const pages = () =>
  Object.fromEntries(
    ['checks', 'fixes'].flatMap((directory) =>
      readdirSync(`docs/${directory}`)
        .sort()
        .map((name) => [`${directory}/${name}`, join(process.cwd(), 'docs', directory, name)]),
    ),
  )

/** Puts the documentation that is inside the executable where a package has files. */
const embeddedDocs = {
  name: 'embedded-docs',
  setup({ onResolve }) {
    onResolve({ filter: /\/package-docs\.ts$/ }, () => ({
      path: join(import.meta.dirname, 'embedded-docs.ts'),
    }))
  },
}

/** There is no second file for a thread. */
const withoutThread = {
  name: 'without-thread',
  setup({ onResolve }) {
    onResolve({ filter: /\/thread-file\.ts$/ }, () => ({ path: join(import.meta.dirname, 'no-thread.ts') }))
  },
}

/**
 * @param outfile where the program is written
 * @param version of the program
 * @returns the source files in it, and the pages to put beside it
 */
export const bundle = async (outfile, version) => {
  const { metafile } = await build({
    entryPoints: ['src/cli.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    outfile,
    define: { VERSION: JSON.stringify(version) },
    // Where Node.js has the path of a script there, an executable has what was typed.
    banner: { js: 'process.argv[1]=process.execPath;' },
    plugins: [embeddedDocs, withoutThread, unusedModules],
    metafile: true,
    logLevel: 'warning',
  })
  return { inputs: Object.keys(metafile.inputs), pages: pages() }
}
