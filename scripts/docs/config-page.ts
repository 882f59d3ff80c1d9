/** docs/config.md, made from the table of keys. */
import { defaultText } from '../../src/config/default-text.ts'
import { keys } from '../../src/config/keys.ts'
import { aboutKey } from '../../src/config/template.ts'

/** @returns the page, ending in a newline */
export const configPage = (): string =>
  [
    '# Configuration',
    '',
    'None is needed. `chv-doctor init` writes a commented `chv-doctor.yaml`; it is',
    'searched in the working directory, in `~/.config/chv-doctor/` and in',
    '`/etc/chv-doctor/`, as `.yaml`, `.yml` or `.json`. `--config FILE` or',
    '`CHV_DOCTOR_CONFIG` names one instead.',
    '',
    'Defaults give way to the file, the file to the environment',
    '(`CHV_DOCTOR_MEMORY=2G`), the environment to flags (`--set memory=2G`).',
    'Lists are written with commas there. An unknown key is an error that names the',
    'nearest one, the file and the line.',
    '',
    'Editors complete it with [the JSON Schema](config.schema.json). Relative paths',
    'start at the directory of the file, or at the working directory; `~` is your home.',
    '',
    'A file counts only when it and all directories above it belong to you or root and',
    'no other user can write them; the same holds for `check_files` and what they import.',
    '',
    'A file that was found in the working directory may have come with a clone or an',
    `archive. Where it sets ${keys
      .filter((key) => key.guard !== undefined)
      .map(({ name }) => `\`${name}\``)
      .join(',\n')}`,
    '(a `data_dir` outside your home), chv-doctor asks once, shows these keys, and asks',
    'again when the file changes. Off a terminal it refuses. `--config FILE` needs no',
    'consent. Every plan names the file in force and the values of these keys.',
    '',
    '| key | default | meaning |',
    '|---|---|---|',
    ...keys.map((key) => `| \`${key.name}\` | \`${defaultText(key)}\` | ${aboutKey(key)} |`),
    '',
    'Former names still work, in files, variables and flags, with a note:',
    `${keys.flatMap(({ formerly, name }) => (formerly ? [`\`${formerly}\` (\`${name}\`)`] : [])).join(',\n')}.`,
    '',
  ].join('\n')
