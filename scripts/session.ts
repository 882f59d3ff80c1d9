/**
 * `npm run docs:session`: records what a person sees in a first run, and writes it as docs/session/*.svg.
 * As root (or with sudo), since the host is a copy of this one that may be changed. Durations on the
 * screens are those of the run.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { recordFrames } from './session/frames.ts'
import { palettes, svgOf } from './session/svg.ts'

const directory = new URL('../docs/session/', import.meta.url).pathname
const title =
  'A terminal: chv-doctor shows what is missing and asks which fixes to apply, applies them, and all is well'

const frames = await recordFrames()
mkdirSync(directory, { recursive: true })
for (const [name, palette] of Object.entries(palettes)) {
  const path = `${directory}${name}.svg`
  writeFileSync(path, svgOf(frames, palette, title))
  process.stdout.write(`${path}\n`)
}
