/** What is usual where a step failed and the words of the line name no reason. */
import type { Reason } from './reason.ts'

const failed = "(?:fail(?:ed|ure|s)? (?:to )?|unable to |cannot |can't |could not |couldn't |error )"

const step = (verbs: string): RegExp => new RegExp(`\\b${failed}(?:\\w+ )?(?:${verbs})\\b`, 'i')

/** The first that fits; a step that names its object stands first. */
const usual: readonly (readonly [RegExp, why: string, tells: string])[] = [
  [
    step(String.raw`(?:connect|ping|reach|dial|contact)\w*|(?:open|establish)\w* (?:a )?connection`),
    'the other side does not run, does not listen there (yet), or listens under another path or address; or this user may not use its socket',
    '`ss -lxtp` shows who listens; `ls -l SOCKET` who may connect.',
  ],
  [
    step(String.raw`(?:resolve|look ?up)\w*(?! (?:reference|module|symbol|path))`),
    'the name server is not reached or does not know the name',
    '`getent hosts NAME` in the same place.',
  ],
  [
    step(String.raw`(?:download|fetch|pull|clone)\w*`),
    'the network, a proxy, credentials, or the name of what is asked for',
    'Try the same with curl in the same place.',
  ],
  [
    step(String.raw`mount\w*`),
    'the source is not there, is of another file system, or its driver is missing; or mounting is not permitted there',
    '`dmesg | tail` of that kernel names the reason.',
  ],
  [
    step(String.raw`(?:load|insert|probe)\w*`),
    'what is to be loaded is not there, was built for another kernel or version, or needs something that is missing',
    '`dmesg | tail` of that kernel, and the lines above.',
  ],
  [
    step(String.raw`(?:start(?! and end)|launch|spawn|run(?!time)|exec(?:ute)?)\w*`),
    'the program is not there or may not be executed, or it ended at once; what it printed itself says why',
    'Its own output or log, and `systemctl status` of its unit.',
  ],
  [
    step(String.raw`(?:stop|unset|release|kill|terminate|shut ?down|remove|delete|clean|unmount|detach)\w*`),
    'it is gone already, or something still uses it',
    '`lsof` or `fuser` show who uses it; the lines above tell whether something failed before.',
  ],
  [
    step(String.raw`(?:find|locate|detect|discover)(?!ed)\w*`),
    'it is not there, has another name, or the driver that would show it is missing',
    'See what there is at that place: host, container and guest see different things.',
  ],
  [
    step(String.raw`(?:open|read(?!y|iness)|access|stat(?!e|us|ic)|write|save)\w*`),
    'the file is not there, belongs to another user, is in use, or its disk is full or read-only',
    '`ls -l PATH`, `df -h PATH`, where that program runs.',
  ],
  [
    step(String.raw`(?:create|make|add(?!r)|set ?up|configure|allocate|reserve|assign|register)\w*`),
    'it exists already, a part that it needs is missing, or a right or a limit of the process is in the way',
    'The lines above, and the same step by hand.',
  ],
]

/** @returns the usual reasons of the step that a line says failed; null where it names none */
export const usualReason = (text: string): Reason | null => {
  const found = usual.find(([expression]) => expression.test(text))
  return found ? { why: `The words name no reason. Usual there: ${found[1]}.`, tells: found[2] } : null
}
