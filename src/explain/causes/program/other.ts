/** What belongs to no device: logs, snapshots, the program as a whole. */
import { type Cause, doc } from '../../cause.ts'

const tracker = 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues'

export const other: readonly Cause[] = [
  {
    id: 'log-file-place',
    patterns: [
      ['Error creating log file', 2],
      ['LogFileCreation(', 2],
    ],
    what: 'The directory of --log-file is not there.',
    why: 'The file is made, its directory is not.',
    hint: 'Make the directory, or correct --log-file.',
    reference: doc('logging.md'),
  },
  {
    id: 'log-file-denied',
    patterns: [
      ['Error creating log file', 13],
      ['LogFileCreation(', 13],
    ],
    what: 'The user was not permitted to write --log-file.',
    why: 'Its directory belongs to another user, or an older run as root left the file.',
    hint: 'Use a file in a directory of your own.',
    reference: doc('logging.md'),
  },
  {
    id: 'log-format',
    patterns: [['Error parsing logger format'], ['LoggerFormat(']],
    what: 'The format given by --log-format is wrong.',
    why: 'It has a token in braces that does not exist, or a brace that is not closed.',
    hint: 'Leave it out, or use {boottime}, {thread}, {level}, {location} and {msg}.',
    reference: doc('logging.md'),
  },
  {
    id: 'restore-place',
    patterns: [['Destination is not a directory'], ['source_url', 'is not']],
    what: 'There is no snapshot where --restore looks for it.',
    why: 'source_url= names the directory that the snapshot was written to.',
    hint: 'Write `source_url=file:///absolute/directory`.',
    reference: doc('snapshot_restore.md'),
  },
  {
    id: 'vmm-panic',
    patterns: [['Failed to join on VMM thread'], [/^ThreadJoin\b/]],
    needs: ({ text, says }) => !text.includes('panicked at') && !says(/\bpanicked at\b/),
    what: 'Cloud Hypervisor crashed; what it stumbled over stands further above.',
    why: 'The last message says only that a thread is gone. A line with "panicked at" before it says why.',
    hint: 'Give the whole output: `cloud-hypervisor … 2>&1 | chv-doctor explain -`.',
    reference: tracker,
    confidence: 'likely',
  },
]
