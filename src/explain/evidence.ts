/** What stands beside the words of an error and decides between causes: the command, and what was under way. */
import type { CommandLine } from './reading/command-line.ts'
import { devices, flagValue } from './reading/command-line.ts'

/** What Cloud Hypervisor was doing. */
export type Phase = 'start' | 'snapshot' | 'restore' | 'reboot' | 'add' | 'remove' | 'resize' | 'migration'

export interface Evidence {
  readonly phase: Phase
  /** All texts of the failure itself. */
  readonly text: string
  readonly command: CommandLine | null
  /** What stands right above it: of a crash often the reason. */
  readonly before?: string | undefined
  /** Whether any line of the output fits. */
  readonly says: (expression: RegExp) => boolean
}

const words: readonly (readonly [Phase, RegExp])[] = [
  [
    'migration',
    /\bVm(?:Send|Receive)Migration\b|\bMigrateSocket\(|Migration failed|(?:sending|receiving|starting|start) (?:the )?migration/i,
  ],
  [
    'restore',
    /\bVmRestore\(|VM Restore failed|The VM could not (?:be )?restored|Error restoring VM|\bVmm::vm_restore\b|vm\.restore\b|ch-remote restore\b/,
  ],
  ['snapshot', /\bVmSnapshot\(|\bVmm::vm_snapshot\b|could not be snapshotted|Cannot snapshot VM/],
  [
    'reboot',
    /\bVmReboot\(|\bVmm::vm_reboot\b|Error rebooting VM|The VM could not reboot|DeviceManagerApiError\(/,
  ],
  [
    'resize',
    /\bVmResize(?:Zone|Disk)?\(|could not (?:be )?resized?\b|Error when (?:changing|resizing)|vm\.resize\b/i,
  ],
  ['remove', /\bVmRemoveDevice\(|could not be removed from|\bVmm::vm_remove_device\b|vm\.remove-device\b/],
  ['add', /\bVmAdd[A-Z]\w*\(|\bVmm::vm_add_\w+|could not be added to the VM|Error when adding new/],
]

/** @returns what was under way when the failure happened; a start where it does not say */
export const phaseOf = (text: string): Phase =>
  words.find(([, expression]) => expression.test(text))?.[0] ?? 'start'

/** Whether the command has a flag. */
export const has = ({ command }: Evidence, flag: string): boolean => command?.flags.has(flag) === true

/** Whether a device of the command has an option, with this value where one is given. */
const hasOption = (
  { command }: Evidence,
  flags: readonly string[],
  option: string,
  value?: RegExp,
): boolean =>
  command !== null &&
  flags.some((flag) =>
    devices(command, flag).some((one) => {
      const found = one[option]
      return found !== undefined && (value === undefined || value.test(found))
    }),
  )

const isOn = /^(?:on|true)$/i

export const usesHugepages = (evidence: Evidence): boolean =>
  hasOption(evidence, ['memory', 'memory-zone'], 'hugepages', isOn)

/** Whether the memory of the guest is a file of a file system of the host, which may be full. */
export const usesMemoryFile = (evidence: Evidence): boolean =>
  hasOption(evidence, ['memory', 'memory-zone'], 'file') ||
  evidence.says(/Use of backing file \('--memory file='\)/)

/** A command behind sudo, which closes the descriptors above 2. */
export const isBehindSudo = ({ command }: Evidence): boolean =>
  command?.lines[0] !== undefined && /\b(?:sudo|doas|su)\b/.test(command.lines[0].text)

/** The value of a flag, as it was written; null where the command does not have it. */
export const flagOf = ({ command }: Evidence, flag: string): string | null =>
  command ? flagValue(command, flag) : null
