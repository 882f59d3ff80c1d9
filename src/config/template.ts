/** The commented configuration file that `init` writes: every key, at its default, commented out. */
import { keys } from './keys.ts'

export const configTemplate = (): string =>
  [
    '# yaml-language-server: $schema=./node_modules/chv-doctor/docs/config.schema.json',
    '# Configuration of chv-doctor. Everything here is optional; what is commented out is the default.',
    '# The same keys work as CHV_DOCTOR_<KEY> in the environment and as --set key=value.',
    '',
    ...keys.flatMap((key) => [
      `# ${key.about}${key.values ? ` One of: ${key.values.join(', ')}.` : ''}`,
      `#${key.name}: ${key.shown}`,
      '',
    ]),
  ].join('\n')
