/** TypeScript for a Node of its own: for what a test runner must not do to itself, such as giving up root. */
import { chmodSync } from 'node:fs'
import { buildSync } from 'esbuild'
import { repository } from './disposable-host.ts'
import { scratch } from './scratch.ts'

/**
 * @param source imports by paths from the root of the repository; prints what the test looks at
 * @returns a file for `node`, readable by every user
 */
export const bundled = (source: string, directory = scratch()): string => {
  chmodSync(directory, 0o755)
  const outfile = `${directory}/bundle.cjs`
  buildSync({
    stdin: { contents: source, resolveDir: repository, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
  })
  return outfile
}
