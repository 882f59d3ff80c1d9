/** How the parts of an output look: records of the log, heads of chains, panics, what clap says. */
import type { Line } from '../diagnosis.ts'

export interface Entry extends Line {
  readonly level: string | null
}

/** `cloud-hypervisor:   0.004829s: <vmm> WARN:net_util/src/open_tap.rs:88 -- text`; `--log-format` may change the head. */
const record =
  /^(?:[\w.-]+:\s+[\d.]+\S{0,2}s: )?.{0,80}?(?:<([^<>]*)> )?\b(ERROR|WARN|INFO|DEBUG|TRACE):(\S{1,200}?\.rs)(?::\d+)? -- ?(.*)$/

/**
 * Records of ch-remote and of old releases through Rust's env_logger; other programs name other modules.
 * The bracket is gone where the time behind it was taken for the stamp of a logger.
 */
const envRecord =
  /^(?:\[(?:\S{1,40} )?)?(ERROR|WARN|INFO|DEBUG|TRACE)\s{1,4}(?:cloud_hypervisor|ch_remote|vmm|virtio_devices|hypervisor|net_util|block)[\w:]{0,80}\] (.*)$/

/** `--log-format` of 52 and later may give a record this head: time and level in any brackets, then the message. */
const freeRecord =
  /^(?:\[?[\d.:TZ+-]{3,40}s?\]? )?(?:<[^<>]{1,40}> )?\[?(ERROR|WARN)\]?(?:\s{1,4}|: )((?:Fatal error: |VM Restore failed: ).*)$/

/** A head without a level, as the default of --log-format for people: time, thread, message. */
const levelless = /^\s{0,8}\d{1,8}\.\d{1,9}(?:s|ms|µs) {1,8}<([^<>]{1,60})>\s{1,16}(\S.*)$/

/** What main() says of an error; to 46 a Debug text or another message follows on the same line. */
const topLevelErrors = [
  'Failed to open hypervisor interface (is ',
  'Failed to start the VMM thread',
  'Failed to create Landlock object',
  'Failed to apply Landlock',
  'Failed to join on VMM thread',
  'VMM thread exited with error',
  'Failed spawning the VMM thread',
  'VMM thread failed',
  'Could not join VMM thread',
  'Guest boot failed',
  'Failed parsing parameters Parse',
  'Error parsing config',
  'Error parsing restore',
  'Error parsing --api-socket',
  'Error parsing --event-monitor',
  'Error parsing logger format',
  'Error creating VM',
  'Error booting VM',
  'Error restoring VM',
  'Error creating log file',
  'Error running command',
  'Error opening HTTP socket',
] as const

/** Other programs begin a message with these words, too; behind ours one of these stands, or nothing. */
const commonWords = /^Error (?:parsing (?:config|restore)|creating VM|running command|creating log file)\b/
const ourDetail =
  /^: (?:[A-Z]\w+[({]|Error (?:parsing --|validating|opening HTTP|creating|running)|Server responded|Failed to (?:parse|validate)|\w.{0,160}\(os error \d{1,3}\))/

/** @returns whether a line is an error that main() of Cloud Hypervisor or ch-remote prints */
export const isTopLevelError = (text: string): boolean => {
  const head = topLevelErrors.find((one) => text.startsWith(one))
  if (head === undefined) return false
  const rest = text.slice(head.length)
  return rest === '' || !commonWords.test(head) || ourDetail.test(rest)
}

/**
 * An error value of ours in Debug form, wherever it stands: in a message of a manager, an answer of
 * the API, a record. The names are those of the outer enums (vmm/src/{lib,api/mod,vm,device_manager}.rs).
 */
export const embeddedError =
  /\b(?:Vm(?:Boot|Create|Restore|Reboot|Shutdown|Pause|Resume|Snapshot|Resize(?:Disk|Zone)?|Add(?:Device|UserDevice|Disk|Fs|Pmem|Net|Vdpa|Vsock|GenericVhostUser)|RemoveDevice|Delete|Info|Coredump|SendMigration|ReceiveMigration|mThread|mShutdown)|(?:DeviceManager)?ApiError|DeviceManager|MemoryManager|CpuManager|LockingError|SerdeJsonDeserialize|CreateApiServerSocket|ParsingConfig|ConfigValidation|ActivateVirtioDevices|MigrateSocket|MigrateSend|MigrateReceive)\((?!Sender\b)/

/** Records below WARN that people take for errors. */
export const quietRecord =
  /^(?:vhost-user backend for socket|vsock: error|Loading RAW firmware at 0x[\da-f]+ \(size: \d{1,5}\)|Guest (?:PIO|MMIO) |pvpanic got guest event|VM (?:exit|reset) event|(?:ACPI|i8042) (?:\w+ )?signalled)|\b(?:not supported|failed|cannot|could not|unable|invalid|denied|error)\b/i

export const numbered = /^\s{0,16}(\d{1,2}): (.*)$/
/** A chain that was shortened for a report. */
export const gap = /^\s*(?:\.\.\.|…|\[\.\.\.\])\s*$/
export const header =
  /^\s*(?:[\w./ -]{0,60}: )?(?:Error: )?\S.{0,40}? exited with the following (?:(chain of errors)|error):$/
const panicked =
  /^(?:(?:[\w.-]{1,40}: )?thread '([^']{0,200})'(?: \(\d+\))? )?panicked at (?:'(.*)',? ?)?(\S*?):?$/s
/** The same where a logger made one line of the place and the message. */
const panickedFlat =
  /^(?:[\w.-]{1,40}: )?thread '([^']{0,200})'(?: \(\d+\))? panicked at (\S{1,300}:\d+(?::\d+)?): (\S.*)$/s

/** @returns where a thread panicked, and the message where it stands on the same line; null for other lines */
export const panicIn = (text: string): { place: string; message: string | undefined } | null => {
  const [, , message, place] = panicked.exec(text) ?? []
  if (place !== undefined) return { place, message }
  const [, , flatPlace, flatMessage] = panickedFlat.exec(text) ?? []
  return flatPlace === undefined ? null : { place: flatPlace, message: flatMessage }
}

/** Threads that Cloud Hypervisor names. */
export const ourThread =
  /^(?:vmm|vcpu\d+|_(?:disk|net|fs|vsock|console|rng|balloon|pmem|mem|iommu|vhost|watchdog)\w*|virtio_\w+|http-server|serial-manager|event-monitor|signal_handler|vmm_signal_handler)$/
export const ourPrograms = /^(?:cloud-hypervisor|ch-remote|ch)\b/
/** What clap says where it prints no usage; `error:` alone is anybody's. */
export const clapWords =
  /unexpected argument '-|required arguments were not provided|cannot be used (?:multiple times|with)|invalid value '[^']*' for '--|a value is required for '--|wasn't expected/
export const clapError = /^error: (?!\[|could not compile)\S/

/** @returns the line as a record of our log, or as it is */
export const asEntry = (line: Line): Entry => {
  const { text } = line
  const [, thread, level, source, message] = record.exec(text) ?? []
  if (level !== undefined && message !== undefined) return { ...line, text: message, level, thread, source }
  const [, other, words] = envRecord.exec(text) ?? freeRecord.exec(text) ?? []
  if (other !== undefined && words !== undefined) return { ...line, text: words, level: other }
  const [, who, said] = levelless.exec(text) ?? []
  return who !== undefined && said !== undefined
    ? {
        ...line,
        text: said,
        level: /exited with error|\bfailed to\b/.test(said) ? 'ERROR' : 'INFO',
        thread: who,
      }
    : { ...line, level: null }
}

/** Answers of the API from 50 on: a JSON list of the levels of a chain; one line may hold several. */
const jsonChain = /\["(?:[^"\\]|\\.){0,2000}"(?:\s{0,8},\s{0,8}"(?:[^"\\]|\\.){0,2000}"){0,24}\s{0,8}\]/g

/** The first level of such a list. */
const apiWords =
  /^(?:Error from API|The (?:VMM?|device|user device|disk|fs|network device|pmem device|vDPA device|vsock device|memory zone|generic vhost-user device)\b|Failed to (?:de)?serialize JSON|Error (?:creating|booting|restoring) VM|VM (?:is|config)\b|Bad Request|Internal Server Error)/

/** @returns the chains of the API that a line holds, each as its levels */
export const apiChains = (text: string): readonly (readonly string[])[] =>
  text.includes('["')
    ? [...text.matchAll(jsonChain)].flatMap(([list]) => {
        try {
          const levels = JSON.parse(list) as readonly string[]
          return levels.some((level) => apiWords.test(level)) ? [levels] : []
        } catch {
          return []
        }
      })
    : []

/** Whether a list of the API begins on this line and ends on a later one. */
export const isOpenChain = (text: string): boolean => {
  const start = text.lastIndexOf('["')
  return start >= 0 && text.indexOf(']', start) < 0
}
