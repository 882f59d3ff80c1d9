/**
 * Checks commit messages: `node scripts/check-commits.mjs BASE`, where BASE is the commit that a branch starts
 * from. CONTRIBUTING.md has the rules for people; what a program can tell of them is here.
 */
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const maxSubject = 72

// An imperative needs a dictionary; the forms that are written instead do not.
const notImperative =
  /^(?:\w{2,}(?:ed|ing)|adds|fixes|makes|removes|updates|changes|moves|renames|says|tells|uses)\b/i
const imperatives = new Set([
  'embed',
  'feed',
  'need',
  'seed',
  'speed',
  'shed',
  'bring',
  'string',
  'ring',
  'ping',
])

/**
 * @param {string} message a whole commit message
 * @returns {string[]} what is wrong with it, each a sentence
 */
export const problemsOf = (message) => {
  const [subject = '', second = '', ...body] = message.trimEnd().split('\n')
  const [first = ''] = subject.split(' ')
  const problems = []
  if (subject.length > maxSubject)
    problems.push(`The subject has ${subject.length} characters; ${maxSubject} are allowed.`)
  if (!/^[A-Z]/.test(subject)) problems.push('The subject starts with a capital letter.')
  if (/[.:;,]$/.test(subject)) problems.push('The subject ends without punctuation.')
  if (notImperative.test(subject) && !imperatives.has(first.toLowerCase()))
    problems.push(`The subject is an imperative ("Add", not "Added" or "Adds"); "${first}" is none.`)
  if (/^(?:fixup!|squash!|amend!)|\bWIP\b/i.test(subject))
    problems.push('The commit is still to be squashed.')
  if (second !== '') problems.push('An empty line stands between subject and body.')
  // A path of somebody's machine tells nothing elsewhere. /home/user and /root are what examples use.
  const path = /(?:^|[\s"'(`])(\/(?:home\/(?!user\b)|Users\/|root\/|tmp\/|mnt\/|work\/)\S*)/.exec(
    [subject, ...body].join('\n'),
  )
  if (path) problems.push(`"${path[1]}" is a path of one machine.`)
  return problems
}

const git = (...args) => {
  const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim()}`)
  return stdout
}

const main = (base) => {
  if (!base || base.startsWith('-')) {
    process.stderr.write(
      'Usage: node scripts/check-commits.mjs BASE, the commit that the branch starts from.\n',
    )
    return 2
  }
  const merges = git('rev-list', '--merges', '--pretty=oneline', `${base}..HEAD`).trim()
  const problems = merges ? [`Merge commits; rebase instead:\n  ${merges.replaceAll('\n', '\n  ')}`] : []
  const log = git('log', '--no-merges', '--format=%H%n%B%x00', `${base}..HEAD`)
  for (const entry of log
    .split('\0')
    .map((text) => text.trimStart())
    .filter(Boolean)) {
    const [hash = '', ...message] = entry.split('\n')
    for (const problem of problemsOf(message.join('\n')))
      problems.push(`${hash.slice(0, 10)} ${message[0]}\n  ${problem}`)
  }
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(''))
  return problems.length === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.exitCode = main(process.argv[2])
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 2
  }
}
