import { jsonText } from '../util/printable.ts'
import type { UpdateAnswer, UpdateFacts } from './update-text.ts'

const newestOf = (newest: UpdateFacts['doctor']['newest']): string | null =>
  'version' in newest ? newest.version : null

/** @returns the answers and the versions as JSON (docs/update.schema.json), ending in a newline */
export const updateJson = (
  version: string,
  { hypervisor, doctor }: Pick<UpdateFacts, 'doctor' | 'hypervisor'>,
  answers: readonly UpdateAnswer[],
): string =>
  jsonText({
    schema: 'chv-doctor/update/1',
    version,
    newest: { doctor: newestOf(doctor.newest), hypervisor: newestOf(hypervisor.newest) },
    hypervisor: hypervisor.here,
    answers,
  })
