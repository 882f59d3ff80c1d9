#!/usr/bin/env node
/**
 * The entry point: answers --version itself and loads everything else on use, so that it starts at once.
 * It must run on every Node.js that a distribution ships, to say that it is too old.
 */

/** Inserted by the bundler from package.json. */
declare const VERSION: string

/** What `engines` in package.json says; main.ts uses what older releases lack. */
const oldest = [20, 17] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isTooOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1])
const [first] = process.argv.slice(2)

if (first === '--version' || first === '-V') {
  process.stdout
    .on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') return
      process.exitCode = 2
      process.stderr.write(`chv-doctor: Standard output cannot be written (${code}).\n`)
    })
    .write(`chv-doctor ${VERSION}\n`)
} else if (isTooOld) {
  process.stderr.write(
    `chv-doctor: this is Node.js ${process.versions.node}; install ${oldest.join('.')} or newer (https://nodejs.org/en/download).\n`,
  )
  process.exitCode = 2
}
// No await: this one file is bundled as CommonJS, which starts faster.
else void import('./main.ts').then(({ main }) => main(process.argv.slice(2), VERSION))
