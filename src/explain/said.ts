/** What an error says by itself, whatever its cause: its innermost words, its errno, what was under way. */
import { bothEnds } from './both-ends.ts'
import { errnoIn, errnoInWords, whatTellsApart } from './errno-words.ts'
import type { Phase } from './evidence.ts'
import type { Failure } from './reading/failure.ts'
import { reasonOfPart } from './unknown/reasons/reason-of-part.ts'

const phases: Readonly<Record<Phase, string>> = {
  start: '',
  snapshot:
    'It happened while a snapshot was taken: the VM must be paused, and not every device can be saved.',
  restore:
    'It happened while a snapshot was restored: config.json of the snapshot says which devices and paths.',
  reboot: 'It happened at a reboot of the guest, when all devices are set up anew.',
  resize:
    'It happened while the running VM was resized: max= of --cpus and hotplug_size= of --memory are the upper bounds.',
  remove:
    'It happened while a device was removed from the running VM: `ch-remote info` lists the ids that it has.',
  add: 'It happened while a device was added to the running VM.',
  migration: 'It happened during a migration: the log of the other side may say more.',
}

/** @returns one sentence about what was under way; empty for a start */
export const phaseInWords = (phase: Phase): string => phases[phase]

const isErrnoAlone = (level: string): boolean => /^[^(]{0,200}\(os error \d{1,3}\)["')]{0,4}$/.test(level)

/**
 * @returns the words that say most: the innermost level of a chain that is not the errno alone, the
 *   message of a panic, else the text itself; on one line and shortened
 */
export const innermostOf = ({ form, texts }: Pick<Failure, 'form' | 'texts'>): string => {
  const last = texts.find((one) => one.includes(' › ')) ?? texts.at(-1) ?? ''
  // After a panic the end of the program says only that there was one.
  const text = form === 'panic' ? (texts[0] ?? '') : last
  const levels = text.split(' › ')
  return bothEnds(levels.filter((level) => !isErrnoAlone(level)).at(-1) ?? text)
    .replace(/\n/g, ' ')
    .replace(/[.\s]+$/, '')
}

/** Names of values in which others are wrapped, and of an errno: they tell no step. */
const wrapper =
  /^(?:Vm\w{0,20}|ApiError|DeviceManager|MemoryManager|CpuManager|Os|Error|Some|Io\w{0,12}|Ioctl\w*)$/

/** @returns the last steps that a value in Debug form names, in brackets; empty where they stand in the words */
const stepsOf = ({ texts }: Failure, said: string): string => {
  const value = texts.find((one) => /\b[A-Z]\w{1,60}\([A-Z]/.test(one)) ?? ''
  const names = [...value.matchAll(/\b([A-Z][A-Za-z0-9]{3,40})(?=\(|\)|$)/g)].map(([, name = '']) => name)
  const steps = names.filter((name) => !wrapper.test(name) && !said.includes(name)).slice(-2)
  return steps.length === 0 ? '' : ` (${steps.join(', ')})`
}

/** @returns values for the texts of a cause: {said}, {errno}, {apart}, {phase}, {writer}; those that there are */
export const valuesOfFailure = (failure: Failure, phase: Phase): Readonly<Record<string, string>> => {
  const all = failure.texts.join('\n')
  const number = errnoIn(all)
  const ofPart = number === null ? null : reasonOfPart(all, number)
  const apart = ofPart?.tells ?? (number === null ? null : whatTellsApart(number))
  const { source } = failure.lines[0] ?? {}
  const said = innermostOf(failure)
  const steps = stepsOf(failure, said)
  return {
    ...(source === undefined ? {} : { writer: ` (here ${source.split('/').at(-1)})` }),
    said,
    ...(steps === '' ? {} : { steps }),
    ...(failure.form === 'line' && failure.texts.length > 1 ? { below: `: ${innermostOf(failure)}` } : {}),
    ...(number === null
      ? {}
      : {
          errno: [`Its error number says: ${errnoInWords(number)}.`, ofPart?.why].filter(Boolean).join(' '),
        }),
    ...(apart === null ? {} : { apart }),
    ...(phases[phase] === '' ? {} : { phase: phases[phase] }),
  }
}
