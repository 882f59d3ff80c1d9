/** Why something failed, by the words that programs of every kind use for it: what an errno says in the kernel's own. */
import { errnoIn, errnoInWords, whatTellsApart } from '../../errno-words.ts'
import { withWordsOfNames } from './camel-case.ts'
import { generalWords } from './general-words.ts'
import { particularWords } from './particular-words.ts'
import type { Reason, Words } from './reason.ts'
import { reasonOfPart } from './reason-of-part.ts'

/** What an HTTP status means to the one who asked (RFC 9110, 15). */
const statuses: Readonly<Record<string, string>> = {
  '400': 'the server does not accept the request as it is',
  '401': 'the server wants to know who asks',
  '403': 'the server does not let this caller do it',
  '404': 'what was asked for is not there at the server',
  '408': 'it took too long for the server',
  '409': 'it conflicts with what the server has',
  '429': 'the server was asked too often, or an earlier request is not finished yet: the same may work later',
  '500': 'the server failed itself',
  '502': 'the server behind it did not answer properly',
  '503': 'the server is not ready',
  '504': 'the server behind it took too long',
}

const status =
  /\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: code)?|response|returned|\w*exception)["']?[:= ]{1,3}([45]\d\d)\b|\bfail\w*\b.{0,120}: ([45]\d\d)$/i

/** They say more than an errno beside them. ERANGE is asked for by name: its words are those of a number elsewhere. */
const beforeErrno: Words = [
  [
    /\b(?:interface|link|device|tap)\b.{0,80}\b(?:numerical result out of range|ERANGE)|\b(?:interface|tap) name .{0,40}too long/i,
    'The name of a network interface has at most 15 characters; the kernel answers a longer one with ERANGE.',
    'Count the characters of the name in the message, and choose a shorter one.',
  ],
  [
    /\bapparmor="DENIED"|\bavc: {1,4}denied\b|\bSELinux is preventing\b/,
    'A security module (AppArmor, SELinux) refused it: a profile or policy decides there, not the mode or owner of the file.',
    '`sudo ausearch -m avc -ts recent` or `sudo dmesg | grep -i denied`; allow it in the profile of that program (`aa-logprof`, `audit2allow`).',
  ],
  [
    /\btype=1326\b|\bSECCOMP\b|\bSIGSYS\b|\bBad system call\b/,
    'A filter of system calls (seccomp) refused a call of that program.',
    'The line of the kernel (`sudo dmesg | grep -i seccomp`) names the call by its number; a newer release of that program may allow it.',
  ],
  [
    /\bSUN_LEN\b/,
    'The path of the socket is too long: a Unix socket takes at most 107 bytes.',
    'Choose a shorter name, or a directory nearer to the root.',
  ],
  [
    /\bblocked for more than\b/,
    'That process waits in the kernel and does not go on: for a disk, a share or another device that does not answer.',
    'The call trace below it names the part of the kernel; look at what serves that device.',
  ],
  [
    /\bdetected stalls?\b|\bsoft lockup\b|\bhard LOCKUP\b/,
    'A processor does not get on: its host gives it no time (a busy host, nested virtualisation), or the kernel is caught in a loop.',
    'Compare the load of the host at that time, and fewer vCPUs.',
  ],
  [
    /\bneighbou?r table overflow\b/,
    'The table of neighbours (ARP, for IPv6 ND) of the kernel is full: more machines on its networks than it may remember.',
    'Raise net.ipv4.neigh.default.gc_thresh1 to gc_thresh3 (or those of net.ipv6) with sysctl.',
  ],
  [
    /\btable full\b/,
    'A table of the kernel is full, and what is new is dropped.',
    'The name in front tells which; its limit is a setting of sysctl (for nf_conntrack net.netfilter.nf_conntrack_max).',
  ],
  [
    /\boom-kill|\bOut of memory: Killed\b|\binvoked oom-killer\b/,
    'The kernel had no memory left, of the whole machine or of the cgroup that the line names, and killed that process.',
    '`free -h` and `dmesg | grep -i oom`; memory that is set aside as huge pages is for nothing else.',
  ],
]

const crash =
  /called `(?:Result|Option)::unwrap\(\)|\bpanicked\b|^panic: |\bSIGSEGV\b|[Ss]egmentation fault|\bsegfault at\b/i

const crashed: Reason = {
  why: 'That program crashed: a defect of it, or something that it did not expect from the other side.',
  tells: 'Its version, and its own output from the start on, belong into a report to its project.',
}

/** The first that fits. */
export const reasonWords: Words = [...particularWords, ...generalWords]

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
  const special = reasonAmong(beforeErrno, text)
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
