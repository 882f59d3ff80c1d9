/** The answers of `chv-doctor update`, one sentence each. */
import coerce from 'semver/functions/coerce.js'
import gt from 'semver/functions/gt.js'
import type { SignedOrigin } from '../catalogue/catalogue.ts'
import { catalogueName } from './catalogue-text.ts'

/** A version, or why it is not known. */
export type Newest = { readonly version: string } | { readonly unknown: string }

export interface UpdateFacts {
  readonly doctor: { readonly here: string; readonly newest: Newest }
  readonly hypervisor: {
    /** What this host has; null for none, or none that says its version. */
    readonly here: string | null
    /** What the catalogue of this doctor fetches; null where it has nothing for this architecture. */
    readonly catalogue: string | null
    readonly newest: Newest
  }
  /** The signed catalogue in force; null for that of this doctor. */
  readonly signed: SignedOrigin | null
}

export interface UpdateAnswer {
  readonly about: 'doctor' | 'catalogue' | 'hypervisor'
  readonly text: string
  readonly state: 'newest' | 'older' | 'unknown'
}

type Said = Omit<UpdateAnswer, 'about'>

/** Upstream's tags have two numbers. */
const isNewer = (one: string, other: string): boolean => {
  const [a, b] = [coerce(one), coerce(other)]
  return a !== null && b !== null && gt(a, b)
}

const doctorAnswer = ({ here, newest }: UpdateFacts['doctor']): Said => {
  if ('unknown' in newest)
    return {
      state: 'unknown',
      text: `Whether there is a newer chv-doctor than ${here} is unknown: ${newest.unknown}`,
    }
  return gt(newest.version, here)
    ? {
        state: 'older',
        text: `chv-doctor ${newest.version} is there; this is ${here}: \`npm install --global chv-doctor@${newest.version}\`.`,
      }
    : { state: 'newest', text: `chv-doctor ${here} is the newest.` }
}

const hypervisorAnswer = ({ here, catalogue, newest }: UpdateFacts['hypervisor']): Said => {
  const has = here === null ? 'this host has none that says its version' : `this host has ${here}`
  if ('unknown' in newest)
    return { state: 'unknown', text: `The newest Cloud Hypervisor is unknown (${has}): ${newest.unknown}` }
  const { version } = newest
  if (here !== null && !isNewer(version, here))
    return { state: 'newest', text: `Cloud Hypervisor ${here} is the newest.` }
  const fetched =
    catalogue !== null && !isNewer(version, catalogue)
      ? `\`chv-doctor fix install-cloud-hypervisor\` fetches ${catalogue} where it is needed`
      : 'name it and its digest in `hypervisor_url` and `hypervisor_sha256`'
  return { state: 'older', text: `Cloud Hypervisor ${version} is there; ${has}: ${fetched}.` }
}

const catalogueAnswer = ({ doctor, hypervisor, signed }: UpdateFacts): Said => {
  const { newest } = hypervisor
  const { catalogue } = hypervisor
  const origin =
    signed === null
      ? `The catalogue is that of chv-doctor ${doctor.here}; a newer one comes with a newer chv-doctor`
      : `The catalogue is ${catalogueName(signed)}; \`chv-doctor update --catalogue\` asks for a newer one`
  if ('unknown' in newest || catalogue === null) return { state: 'newest', text: `${origin}.` }
  return isNewer(newest.version, catalogue)
    ? { state: 'older', text: `${origin}: this one knows Cloud Hypervisor up to ${catalogue}.` }
    : { state: 'newest', text: `${origin}; this one knows the newest Cloud Hypervisor.` }
}

/** @returns the answers about the doctor, its catalogue and Cloud Hypervisor */
export const updateAnswers = (facts: UpdateFacts): readonly UpdateAnswer[] => [
  { about: 'doctor', ...doctorAnswer(facts.doctor) },
  { about: 'catalogue', ...catalogueAnswer(facts) },
  { about: 'hypervisor', ...hypervisorAnswer(facts.hypervisor) },
]
