/** The licences of the packages in the bundle: most of them require their text to be shipped. */
import { readdirSync, readFileSync } from 'node:fs'

/** What may be in the bundle: each permits to ship it with a program under Apache-2.0, given its text. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'LGPL-3.0+',
  'MIT',
]

const directoryOf = (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? null

/** The licence files of a package, or the section of its README; empty when it ships neither. */
const licenceText = (directory) => {
  const read = (file) => readFileSync(`${directory}/${file}`, 'utf8').trim()
  const names = readdirSync(directory).sort()
  const files = names.filter((name) => /^(licen[cs]e|notice)([.-].*)?$/i.test(name))
  if (files.length > 0) return files.map(read).join('\n\n')
  const readme = names.find((name) => /^readme/i.test(name))
  return (readme && /^#* *Licen[cs]e *\n[-=]*\n+([\s\S]*)/im.exec(read(readme))?.[1]) ?? ''
}

/**
 * @param inputs the files that the bundler read, relative to the repository
 * @returns the directories of the packages that they are of, each once
 */
export const packageDirectories = (inputs) => [
  ...new Set(inputs.map(directoryOf).filter((directory) => directory !== null)),
]

/**
 * @param inputs the files that the bundler read, relative to the repository
 * @returns the licences of these packages, sorted, each once
 */
export const licencesOf = (inputs) => {
  const licenceOf = (directory) => JSON.parse(readFileSync(`${directory}/package.json`, 'utf8')).license
  return [...new Set(packageDirectories(inputs).map(licenceOf))].sort()
}

/**
 * @param inputs the files that the bundler read, relative to the repository
 * @returns the text of THIRD-PARTY-NOTICES.txt, sorted by package
 * @throws Error when a package has no licence text, or a licence that is not allowed in the bundle
 */
export const noticesFor = (inputs) => {
  const packages = packageDirectories(inputs).map((directory) => {
    const { name, version, license, repository } = JSON.parse(
      readFileSync(`${directory}/package.json`, 'utf8'),
    )
    if (!allowed.includes(license))
      throw new Error(`${name} ${version} is under ${license}, which scripts/notices.mjs does not allow`)
    const source = typeof repository === 'string' ? repository : repository?.url
    return { title: `${name} ${version} (${license})`, source, text: licenceText(directory) }
  })
  // Packages of one repository share its licence; not all of them ship it.
  const textOf = ({ title, source, text }) => {
    const found = text || packages.find((other) => other.source === source && other.text !== '')?.text
    if (!found) throw new Error(`${title} has no licence text`)
    return `${title}\n\n${found}\n`
  }
  packages.sort((a, b) => (a.title < b.title ? -1 : 1))
  return packages.map(textOf).join(`\n${'-'.repeat(78)}\n\n`)
}
