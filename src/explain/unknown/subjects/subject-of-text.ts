/** What a text is about in which nothing was recognised: where to look, and what is usual there. It claims no more. */
import { doc } from '../../cause.ts'
import { bare, type Diagnosis, type Line, numbersOf, standingAlone } from '../../diagnosis.ts'
import { subjectsAround } from './around.ts'
import { machineSubjects } from './machine.ts'
import type { Subject } from './subject.ts'
import { toolSubjects } from './tools.ts'

/** The parts of the machine first: what stands around it is told where nothing of them is named. */
const subjects: readonly Subject[] = [...machineSubjects, ...toolSubjects, ...subjectsAround]

/** The text is about a virtual machine, or about what is used with ours alone. */
const aboutVm = new RegExp(
  [
    'cloud-?hypervisor|\\bch-remote\\b|hypervisor-fw|CLOUDHV|/api/v1/vm|\\bmemory-ranges\\b',
    '(?:^|\\s)--(?:disk|device|fs|pmem|vdpa|user-device|platform|memory|cpus|net|vsock) \\w+=',
    '\\bvirtual[- ]machines?\\b|\\bincus\\b|\\bmicro-?vms?\\b|\\bguest\\b|\\bvirtio\\b|\\bvfio\\b|/sys/bus/pci/devices',
    '\\bkata\\b|\\bqemu\\b|\\bsandbox(?:es)?\\b|(?:^|[\\s/"\'])vm (?:run|restore|clone|start)\\b',
  ].join('|'),
  'i',
)

/** A sentence of a person is no output. */
const isSentence = /^[A-Z][\w ,'’`()-]{20,400}\.$/

/** Of a whole log one word says nothing. */
const maxLines = 60

/** Lines that must name a subject of any machine, where nothing shows that the text is about a virtual one. */
const enoughElsewhere = 3

const subjectNamedMost = (lines: readonly Line[], isAboutVm: boolean): Subject | null => {
  let best: { readonly subject: Subject; readonly count: number } | null = null
  for (const subject of subjects) {
    const count = lines.filter(({ text }) => subject.words.test(text)).length
    const least = isAboutVm || subject.isOurs === true ? 1 : enoughElsewhere
    if (count >= least && count > (best?.count ?? 0)) best = { subject, count }
  }
  return best?.subject ?? null
}

const remark = (what: string, why: string, { words, layer, look, page }: Subject, lines: readonly Line[]) => {
  const line = lines.find(({ text }) => words.test(text))
  const note: Diagnosis = {
    cause: 'unknown',
    layer,
    severity: 'note',
    what,
    why,
    hint: look,
    ...standingAlone,
    reference: page.startsWith('https:') ? page : doc(page),
    confidence: 'possible',
    lines: line ? [bare(line)] : [],
  }
  return [note]
}

/** Beside an error the usual reasons of its subject would be guesses at what it is. */
const saysNoMore = 'That is what its words name, and no reason: look there for more.'

const statements = (all: readonly Line[]): readonly Line[] => all.filter(({ text }) => !isSentence.test(text))

const namesVm = (lines: readonly Line[]): boolean =>
  lines.some(({ text, head }) => aboutVm.test(text) || aboutVm.test(head ?? ''))

/**
 * @param all the lines of a text in which nothing was recognised, or those beside its command
 * @param isAboutVm whether something else shows that the text is about a virtual machine
 * @returns one remark about what the text is about; none where its words do not tell
 */
export const subjectOf = (all: readonly Line[], isAboutVm = false): readonly Diagnosis[] => {
  const lines = statements(all)
  if (lines.length > maxLines) return []
  const subject = subjectNamedMost(lines, isAboutVm || namesVm(lines))
  return subject
    ? remark(
        `The text holds no error that chv-doctor knows. By its words it is about ${subject.is}.`,
        `What is usual there: ${subject.usual} Whether that is so here, the text does not tell.`,
        subject,
        lines,
      )
    : []
}

/**
 * @param told what was said of lines that are not known
 * @param all the lines of the text
 * @param hasCommand whether a command stands among them: its options name every part of the machine
 * @returns what those lines are about, or else the text around them; none where the words do not tell
 */
export const subjectBeside = (
  told: readonly Diagnosis[],
  all: readonly Line[],
  hasCommand: boolean,
): readonly Diagnosis[] => {
  const numbers = numbersOf(told)
  const own = all.filter(({ number }) => numbers.has(number))
  const lines = statements(all)
  const isAboutVm = namesVm(all)
  const subject =
    subjectNamedMost(own, isAboutVm) ??
    (lines.length > maxLines || hasCommand ? null : subjectNamedMost(lines, isAboutVm))
  return subject
    ? remark(`By its words the text is about ${subject.is}.`, saysNoMore, subject, [...own, ...lines])
    : []
}
