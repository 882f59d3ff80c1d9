// Bundles main.ts (Node 20 does not run TypeScript) and runs it.
import { build } from 'esbuild'

await build({
  entryPoints: ['test/explain/field/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: 'dist/score-explain.mjs',
  logLevel: 'warning',
})
await import('../../../dist/score-explain.mjs')
