/** What can be said of an error that the knowledge does not have: where it happened, the errno, and what would tell more. */
import type { Diagnosis } from './diagnosis.ts'
import { errnoIn, errnoInWords, whatTellsApart } from './errno-words.ts'
import type { Evidence, Phase } from './evidence.ts'
import type { Failure } from './failure.ts'
import { placeOf } from './places.ts'

const innermost = (text: string): string => {
  const levels = text.split(' › ')
  const spoken = levels.filter((level) => !/^[^(]{0,200}\(os error \d{1,3}\)$/.test(level))
  return (spoken.at(-1) ?? text).slice(0, 300)
}

const phases: Readonly<Record<Phase, string>> = {
  start: '',
  snapshot:
    ' It happened while a snapshot was taken: the VM must be paused, and not every device can be saved.',
  restore:
    ' It happened while a snapshot was restored: config.json of the snapshot says which devices and paths.',
  reboot: ' It happened at a reboot of the guest, when all devices are set up anew.',
  add: ' It happened while a device was added to the running VM.',
  migration: ' It happened during a migration: the log of the other side may say more.',
}

const search =
  'Look for the message in the tracker of Cloud Hypervisor, and run `chv-doctor check`: another cause may show there.'

/** @returns a diagnosis that says no more than is known */
export const unknownFailure = (failure: Failure, { phase }: Evidence): Diagnosis => {
  const { form, texts, lines } = failure
  const last = texts.find((one) => one.includes(' › ')) ?? texts.at(-1) ?? ''
  // After a panic the end of the program says only that there was one.
  const text = form === 'panic' ? (texts[0] ?? '') : last
  const all = texts.join('\n')
  const { layer, doing } = placeOf(
    form === 'panic' ? `${all}\n${lines[0]?.text ?? ''}` : all,
    lines[0]?.thread,
  )
  const number = errnoIn(all)
  const kind =
    form === 'panic' ? 'crashed (a panic)' : form === 'usage' ? 'refused its command line' : 'failed'
  const errno = number === null ? '' : ` Its error number says: ${errnoInWords(number)}.`
  const defect =
    form === 'panic'
      ? 'A panic is a defect of the program: try the newest release, leave out unusual options, and report it upstream with the log.'
      : null
  return {
    cause: 'unknown',
    layer,
    severity: 'error',
    what: `Cloud Hypervisor ${kind}${form === 'usage' ? '' : ` while ${doing}`}: ${innermost(text).replace(/\n/g, ' ')}`,
    why: `This message is not among those that chv-doctor knows.${errno}${phases[phase]}`,
    hint: [number === null ? null : whatTellsApart(number), defect, search].filter(Boolean).join(' '),
    check: null,
    confirmedBy: [],
    fix: null,
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'possible',
    lines: lines.map(({ number, text: line }) => ({ number, text: line })),
    values: {},
    follows: null,
    times: 1,
  }
}

/** @returns that a line beside a command was not recognised, and that what follows is about the command only */
export const unrecognisedLine = ({ texts, lines }: Failure): Diagnosis => ({
  cause: 'unknown',
  layer: 'other',
  severity: 'note',
  what: `Only the command was recognised. This line is not among those that chv-doctor knows: ${(texts[0] ?? '').slice(0, 200)}`,
  why: 'It may be of another program, a backend or the guest. What follows are doubts about the command, which need not have to do with it.',
  hint: 'Give the whole output of Cloud Hypervisor, standard error included: `COMMAND 2>&1 | chv-doctor explain -`.',
  check: null,
  confirmedBy: [],
  fix: null,
  reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
  confidence: 'possible',
  lines: lines.map(({ number, text }) => ({ number, text })),
  values: {},
  follows: null,
  times: 1,
})
