/** How this program was started, so that advice names commands that work when they are typed. */
import { basename, dirname, isAbsolute, relative } from 'node:path'
import { commands } from '../cli/commands.ts'
import { quoteWord } from '../util/quote.ts'

export interface Program {
  /** What begins its commands: `chv-doctor`, `npx chv-doctor`, `node dist/cli.js`. */
  readonly name: string
  /** The same after `sudo`, which has a PATH of its own and does not know that of npm or nvm. */
  readonly asRoot: string
}

interface Start {
  /** The script as Node.js was given it: a file of this name in PATH, or a path; in a standalone executable, itself. */
  readonly script: string | undefined
  /** The Node.js that runs it: the executable, where that holds both. */
  readonly node: string
  readonly directory: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** In `secure_path` of sudoers on every distribution; /usr/local/bin is not on those of Red Hat and on Debian unstable. */
const ofRoot = ['/usr/sbin', '/usr/bin', '/sbin', '/bin']

const nameFor = ({ script = '', directory, env }: Start): string => {
  // Every program below npx has this variable; only what npx starts itself is in such a directory.
  if (env.npm_command === 'exec' && script.includes('/node_modules/.bin/')) return 'npx chv-doctor'
  if (env.npm_lifecycle_event === 'start') return 'npm start --'
  const below = relative(directory, script)
  const path = quoteWord(below.startsWith('..') || isAbsolute(below) ? script : below)
  if (basename(script) === 'cli.js') return `node ${path}`
  if ((env.PATH ?? '').split(':').includes(dirname(script))) return basename(script)
  return path.includes('/') ? path : `./${path}`
}

const nameForRoot = ({ script = '', node }: Start): string => {
  if (node === script) return ofRoot.includes(dirname(script)) ? basename(script) : quoteWord(script)
  const interpreter = ofRoot.includes(dirname(node)) ? basename(node) : quoteWord(node)
  if (basename(script) === 'cli.js' || interpreter !== 'node') return `${interpreter} ${quoteWord(script)}`
  return ofRoot.includes(dirname(script)) ? 'chv-doctor' : quoteWord(script)
}

/** @returns how to start it again; `chv-doctor` where what started it is neither the command nor dist/cli.js */
export const programFrom = (start: Start): Program => {
  const isOurs =
    start.script === start.node || ['chv-doctor', 'cli.js'].includes(basename(start.script ?? ''))
  return isOurs
    ? { name: nameFor(start), asRoot: nameForRoot(start) }
    : { name: 'chv-doctor', asRoot: 'chv-doctor' }
}

const words = Object.keys(commands).filter(Boolean)

/** The name before a command or a flag, or alone in backquotes. */
const called = new RegExp(`(?<![\\w/.-])(sudo )?chv-doctor(?= (?:${words.join('|')}|--[a-z]+)\\b|\`)`, 'g')

/** @returns the text with its commands as they work here */
export const spokenBy = ({ name, asRoot }: Program, text: string): string =>
  text.replace(called, (_, sudo: string | undefined) => (sudo ? `sudo ${asRoot}` : name))
