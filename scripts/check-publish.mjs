/**
 * Run by npm before it publishes (`prepublishOnly`): the registry's page needs the addresses of this project, on which
 * `npm docs`, `npm bugs`, `npm repo` and the links of the README depend. A wrong address would be worse than none, so
 * nothing here guesses one: whoever publishes first sets them.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const addressOf = (value) => (typeof value === 'string' ? value : value?.url)

/**
 * @param {{ repository?: unknown, bugs?: unknown, homepage?: unknown }} manifest a parsed package.json
 * @returns {string[]} the fields that hold no address
 */
export const missingAddresses = (manifest) =>
  ['repository', 'bugs', 'homepage'].filter(
    (field) => !/^(?:git\+)?https:\/\/\S+$/.test(addressOf(manifest[field]) ?? ''),
  )

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const missing = missingAddresses(
    JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
  )
  if (missing.length > 0) {
    process.stderr.write(
      `package.json has no https: address in ${missing.join(', ')}: set it to where this project is, and publish again.\n`,
    )
    process.exitCode = 1
  }
}
