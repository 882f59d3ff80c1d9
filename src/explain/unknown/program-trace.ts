/** Which program a call trace of Go, Python or Rust is of, and where in it: pasted or logged without more. */
import { bare, type Diagnosis, type Line, standingAlone } from '../diagnosis.ts'

interface Frame {
  readonly language: 'Go' | 'Python' | 'Rust'
  /** The module or package, where the frame names it. */
  readonly program: string | null
  readonly name: string
  readonly line: Line
}

/** "github.com/org/program/package.(*Type).Method(0x…" */
const goFrame =
  /^\s{0,8}(?:(?:github\.com|gitlab\.com|golang\.org|k8s\.io|go\.\w+\.\w+)\/)?((?:[\w.-]{1,60}\/){1,8}[\w-]{1,60}|main)\.((?:\(\*?\w{1,60}\)\.)?\w{1,60}(?:\.func\d+)?)\((?:0x|\.\.\.|\{|\))/
/** `  File "/usr/lib/python3/dist-packages/cloudinit/util.py", line 5, in read` */
const pythonFrame = /^\s{0,12}File "(?:[^"]{0,300}\/)?([\w-]{1,60})\/[\w.-]{1,60}", line \d+, in (\w{1,60})/
/** "  14:     0x7f03 - rustjail::cgroups::fs::Manager::get_stats::h85031" */
const rustFrame =
  /^"?\s{0,8}\d{1,3}: (?:\s{0,12}0x[\da-f]{6,16} - )?<?((?:\w{1,60}::){1,8}\w{1,60})(?: as [\w:]{1,120}>::(\w{1,60}))?/

/** Frames of the runtime and of libraries that every program has. */
const ofRuntime =
  /^(?:core|std|alloc|backtrace|tokio|futures\w*|rust_\w+|__rust|runtime|testing|net\/http|reflect|sync|syscall|internal|color_eyre|panic\w*)(?:::|\/|\b\.|$)|\burfave\/cli|\bspf13\/cobra|panic_(?:hook|fmt)/

const frameOf = (line: Line): Frame | null => {
  const [, goPackage, goName] = goFrame.exec(line.text) ?? []
  if (goPackage !== undefined && goName !== undefined && !ofRuntime.test(goPackage))
    return { language: 'Go', program: goPackage.split('/')[1] ?? goPackage, name: goName, line }
  const [, pythonModule, pythonName] = pythonFrame.exec(line.text) ?? []
  if (pythonModule !== undefined && pythonName !== undefined)
    return { language: 'Python', program: pythonModule, name: pythonName, line }
  const [, path, method] = rustFrame.exec(line.text) ?? []
  if (path === undefined || ofRuntime.test(path)) return null
  const name = method === undefined ? path : `${path}::${method}`
  return {
    language: 'Rust',
    program: path.split('::')[0] ?? null,
    name: name.replace(/::h[\da-f]{8,}$/, ''),
    line,
  }
}

/** How many frames a reader needs to find the place. */
const maxFrames = 4

/** One frame may be quoted for another reason. */
const least = 2

/**
 * @param lines of the text
 * @returns one remark that says whose call trace the text holds, and where it was; none where it holds none
 */
export const programTrace = (lines: readonly Line[]): readonly Diagnosis[] => {
  const all = lines.flatMap((line) => frameOf(line) ?? [])
  const language = all[0]?.language
  const frames = all.filter((frame) => frame.language === language)
  // Python writes the place that was reached last at the end, the others at the beginning.
  const innermost = (language === 'Python' ? frames.toReversed() : frames).slice(0, maxFrames)
  const [first] = innermost
  if (first === undefined || frames.length < least) return []
  const names = [...new Set(innermost.map(({ name }) => name))]
  return [
    {
      cause: 'unknown',
      layer: 'other',
      severity: 'note',
      what: `The text holds a call trace of a program in ${language}${first.program === null ? '' : ` (${first.program})`}: it was in ${names[0]}${names.length > 1 ? `, which was called by ${names.slice(1).join(', ')}` : ''}.`,
      why: `The names tell what it was doing. ${language === 'Python' ? 'The exception, which says why, is the line below the trace.' : 'The line above the trace says why it ended.'} A trace is the end of something that the program did not expect: a defect of it, or data and settings that it was given.`,
      hint: 'See which of them it was at work with, and whether a newer release of that program does the same; its project wants the whole trace and the version.',
      ...standingAlone,
      reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
      confidence: 'possible',
      lines: [bare(first.line)],
    },
  ]
}
