/** Where it is written which release is the newest, and how to read it there. Both answers are of others. */
import valid from 'semver/functions/valid.js'
import { isMap } from '../util/json.ts'

/** The dist-tags of the package: some bytes. */
export const doctorTags = 'https://registry.npmjs.org/-/package/chv-doctor/dist-tags'

/** The newest release that is no pre-release. */
export const hypervisorRelease =
  'https://api.github.com/repos/cloud-hypervisor/cloud-hypervisor/releases/latest'

/** A version of a sane length; everything else is no version. */
const maxVersionLength = 64

const textIn = (text: string, field: string): string | null => {
  try {
    const value: unknown = JSON.parse(text)
    const found = isMap(value) ? value[field] : null
    return typeof found === 'string' && found.length <= maxVersionLength ? found : null
  } catch {
    return null
  }
}

/** @returns the version of the newest doctor in an answer of the registry, or null */
export const doctorIn = (answer: string): string | null => valid(textIn(answer, 'latest'))

/** @returns the newest Cloud Hypervisor in an answer of GitHub, as upstream writes it ("53.0"), or null */
export const hypervisorIn = (answer: string): string | null =>
  /^v(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)$/.exec(textIn(answer, 'tag_name') ?? '')?.[1] ?? null
