/**
 * `--debug`: reports each question that is asked of the host, with a short answer and its duration. Contents
 * of files and output of programs are given as sizes, because they hold keys and password hashes.
 */

import { messageOf } from '../util/errors.ts'
import type { RunResult } from './exec.ts'
import type { Host } from './host.ts'
import { describeRunFailure } from './run-failure.ts'

/** Longer words are cut. */
const maxWord = 120

const shorten = (text: string) => (text.length > maxWord ? `${text.slice(0, maxWord - 1)}…` : text)

/** Settings of the kernel are one short word, and say more than their size. */
const isSetting = (path: unknown) => typeof path === 'string' && /^\/(?:proc\/sys|sys)\//.test(path)

const sizeOfText = (path: unknown, text: string): string =>
  isSetting(path) && /^[^\n]{0,60}\n?$/.test(text) ? JSON.stringify(text.trim()) : `${text.length} characters`

const isRunResult = (value: object): value is RunResult =>
  'code' in value && 'stdout' in value && 'stderr' in value

/** @param first the first argument of the question */
const answerText = (question: string, first: unknown, answer: unknown): string => {
  if (question === 'hashPassword') return answer === null ? 'null' : 'a hash'
  if (question.startsWith('readText') && typeof answer === 'string') return sizeOfText(first, answer)
  if (answer instanceof Uint8Array) return `${answer.length} bytes`
  if (Array.isArray(answer)) return `${answer.length} names`
  if (typeof answer === 'object' && answer !== null && isRunResult(answer)) {
    const failure = answer.failure === null ? '' : ` (${describeRunFailure(answer.failure)})`
    return `code ${String(answer.code)}${failure}, ${answer.stdout.length} characters, ${answer.stderr.length} on standard error`
  }
  return shorten(JSON.stringify(answer) ?? 'nothing')
}

const wordText = (word: unknown): string =>
  Array.isArray(word)
    ? shorten(word.join(' '))
    : typeof word === 'string'
      ? shorten(word)
      : typeof word === 'number'
        ? String(word)
        : ''

/** Replaces secrets, and credentials in URLs. */
const redactor = (secrets: readonly string[]) => {
  const known = secrets.filter((secret) => secret !== '')
  return (text: string): string =>
    known.reduce((left, secret) => left.replaceAll(secret, '***'), text).replace(/:\/\/[^\s/@]+@/g, '://***@')
}

/**
 * @param secrets words that no line may contain, such as the guest's password
 * @param say takes one line
 * @returns a host that answers the same
 */
export const reportQuestions = (
  host: Host,
  secrets: readonly string[],
  say: (line: string) => void,
): Host => {
  const redact = redactor(secrets)
  const report = (question: string, words: readonly unknown[], start: number, answer: string) => {
    const ms = (performance.now() - start).toFixed(1).padStart(7)
    // The words of hashPassword are the password and its salt.
    const about = question === 'hashPassword' ? [] : words.map(wordText)
    say(redact(`debug: ${ms} ms  ${[question, ...about].filter(Boolean).join(' ')}: ${answer}`))
  }
  return new Proxy(host, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function' || name === 'close' || typeof name !== 'string') return member
      return async (...words: unknown[]) => {
        const start = performance.now()
        try {
          const answer: unknown = await Reflect.apply(member, target, words)
          report(name, words, start, answerText(name, words[0], answer))
          return answer
        } catch (error) {
          report(name, words, start, `error: ${messageOf(error)}`)
          throw error
        }
      }
    },
  })
}
