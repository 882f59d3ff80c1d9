#!/usr/bin/env node
/** The entry: answers what needs nothing else and hands everything else on, so that it starts at once. */

/** Put in by the bundler from package.json. */
declare const VERSION: string

const [first] = process.argv.slice(2)
if (first === '--version' || first === '-V') process.stdout.write(`chv-doctor ${VERSION}\n`)
// No await: this one file is bundled as CommonJS, which starts faster.
else void import('./main.ts').then(({ main }) => main(process.argv.slice(2), VERSION))
