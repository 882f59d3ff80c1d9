/** Why something failed, by the words that programs of every kind use for it: what an errno says in the kernel's own. */
import { errnoIn, errnoInWords, whatTellsApart } from '../../errno-words.ts'
import { wordsBeforeErrno } from './before-errno.ts'
import { withWordsOfNames } from './camel-case.ts'
import { clusterWords } from './cluster-words.ts'
import { generalWords } from './general-words.ts'
import { particularWords } from './particular-words.ts'
import type { Reason, Words } from './reason.ts'
import { reasonOfPart } from './reason-of-part.ts'
import { systemWords } from './system-words.ts'

/** What an HTTP status means to the one who asked (RFC 9110, 15). */
const statuses: Readonly<Record<string, string>> = {
  '400': 'the server does not accept the request as it is',
  '401': 'the server wants to know who asks',
  '403': 'the server does not let this caller do it',
  '404': 'what was asked for is not there at the server',
  '405': 'the path is known there, but not with this method, or not in this state',
  '408': 'it took too long for the server',
  '409': 'it conflicts with what the server has',
  '410': 'it was there once and is gone',
  '413': 'what was sent is too large for the server',
  '415': 'the server does not take content of that type',
  '422': 'the server understands the request, and does not take its values',
  '423': 'what was asked for is locked',
  '429': 'the server was asked too often, or an earlier request is not finished yet: the same may work later',
  '500': 'the server failed itself',
  '501': 'the server does not do that',
  '502': 'the server behind it did not answer properly',
  '503': 'the server is not ready',
  '504': 'the server behind it took too long',
  '507': 'the server has no room for it',
}

const status =
  /\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: code)?|response|returned|\w*exception|error:|\brequest to \S{1,300}:)["']?[:= ]{1,3}([45]\d\d)\b|\bfail\w*\b.{0,120}: ([45]\d\d)(?:$| {1,2}reason:)/i

const crash =
  /called `(?:Result|Option)::unwrap\(\)|\bpanicked\b|^panic: (?!vm_fault|page fault|mountroot|Going nowhere|Fatal trap|root device)|\bpanic: runtime error: |\binvalid memory address or nil pointer dereference\b|\bSIGSEGV\b|[Ss]egmentation fault|\bsegfault at\b/i

const crashed: Reason = {
  why: 'That program crashed: a defect of it, or something that it did not expect from the other side.',
  tells: 'Its version, and its own output from the start on, belong into a report to its project.',
}

const particular: Words = [...systemWords, ...clusterWords, ...particularWords]

/** The first that fits. */
export const reasonWords: Words = [...particular, ...generalWords]

/** Of programs that do not confine themselves as ours does. */
const ofOthers: Readonly<Record<number, string>> = {
  1: 'EPERM is a missing capability, or a policy of a container, service or security module; the mode of a file would be EACCES.',
  13: 'EACCES is the mode or owner of a file or of a directory above it, or a security module: `namei -l PATH` shows the first.',
}

/** Where a path decides, and whose file system it is in. */
const ofPath = new Set([2, 13, 17, 20, 21])
const whose = 'Host, container and guest have file systems of their own: look where this program runs.'

const reasonAmong = (list: Words, text: string): Reason | null => {
  const found = list.find(([expression]) => expression.test(text))
  return found ? { why: found[1], tells: found[2] } : null
}

/** @returns the reason that a line names, or null where it names none */
export const reasonIn = (text: string): Reason | null => {
  const [, named, atEnd] = status.exec(text) ?? []
  const code = named ?? atEnd
  const said = code === undefined ? undefined : statuses[code]
  if (said !== undefined)
    return { why: `HTTP ${code}: ${said}.`, tells: 'The log of that server tells more.' }
  const special = reasonAmong(wordsBeforeErrno, text)
  if (special) return special
  const number = errnoIn(text)
  const ofPart = number === null ? null : reasonOfPart(text, number)
  if (crash.test(text)) return ofPart ? { why: `${crashed.why} ${ofPart.why}`, tells: ofPart.tells } : crashed
  if (ofPart) return ofPart
  if (number !== null) {
    const tells = [ofOthers[number] ?? whatTellsApart(number), ofPath.has(number) ? whose : null]
      .filter(Boolean)
      .join(' ')
    return { why: `Its error number says: ${errnoInWords(number)}.`, tells: tells || null }
  }
  const inWords = withWordsOfNames(text)
  return reasonAmong(reasonWords, text) ?? (inWords === text ? null : reasonAmong(reasonWords, inWords))
}

/** @returns the reason by words that only one kind of program uses; null where a line has none of them */
export const particularReason = (text: string): Reason | null => reasonAmong(particular, text)
