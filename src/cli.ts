#!/usr/bin/env node
/** The entry: answers what needs nothing else and hands everything else on, so that it starts at once. */

/** Put in by the bundler from package.json. */
declare const VERSION: string

const [first] = process.argv.slice(2)
if (first === '--version' || first === '-V') process.stdout.write(`chv-doctor ${VERSION}\n`)
else {
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2), VERSION)
}
