/** `chv-doctor update`: asks whether there are newer releases; nothing else ever does, and only --catalogue changes anything. */
import { chosenFor } from '../catalogue/choice.ts'
import { mirror } from '../catalogue/mirrors.ts'
import { doctorIn, doctorTags, hypervisorIn, hypervisorRelease } from '../catalogue/newest.ts'
import { fetchSmall } from '../download/small.ts'
import { machineArch } from '../host/host.ts'
import { findHypervisor } from '../hypervisor/find.ts'
import { displayVersion, parseVersion } from '../hypervisor/version.ts'
import { pageFor } from '../report/layout.ts'
import { updateJson } from '../report/update-json.ts'
import { type Newest, type UpdateFacts, updateAnswers } from '../report/update-text.ts'
import { DoctorError, exit, Interrupted, UsageError } from '../util/errors.ts'
import { type Context, withHost } from './context.ts'

/** A person waits for the answer. */
const stallMs = 10_000

const ask = async (
  { config, signal }: Context,
  address: string,
  versionIn: (answer: string) => string | null,
): Promise<Newest> => {
  if (config.offline) return { unknown: 'offline, so no server is asked.' }
  const url = mirror(address, config.mirrors)
  try {
    const answer = await fetchSmall(url, { signal, stallMs, retryMs: 500 })
    const version = versionIn(answer.toString())
    return version === null ? { unknown: `${url} answers without a version.` } : { version }
  } catch (error) {
    if (error instanceof Interrupted || !(error instanceof DoctorError)) throw error
    return { unknown: error.message }
  }
}

/** @returns the version of the Cloud Hypervisor that this host would start, or null */
const hypervisorHere = (context: Context): Promise<string | null> =>
  withHost(context, async (host) => {
    const binary = await findHypervisor(host, context.config)
    if (!binary?.executable) return null
    const { stdout } = await host.run([binary.path, '--version'])
    const version = parseVersion(stdout)
    return version === null ? null : displayVersion(version)
  })

/** @returns the exit code: that of --catalogue; else 0 for nothing newer, 1 for something newer, 3 when a server did not say */
export const update = async (context: Context): Promise<number> => {
  if (context.call.has('catalogue')) {
    if (context.call.json) throw new UsageError('--catalogue has no JSON: its exit code says all.')
    const { updateCatalogue } = await import('./update-catalogue.ts')
    return updateCatalogue(context)
  }
  const catalogue = await context.catalogue()
  const [doctor, hypervisor, here] = await Promise.all([
    ask(context, doctorTags, doctorIn),
    ask(context, hypervisorRelease, hypervisorIn),
    hypervisorHere(context),
  ])
  const inCatalogue = chosenFor(context.config, machineArch(), catalogue).hypervisor?.version ?? null
  const facts: UpdateFacts = {
    doctor: { here: context.version, newest: doctor },
    hypervisor: { here, catalogue: inCatalogue, newest: hypervisor },
    signed: catalogue.signed,
  }
  const answers = updateAnswers(facts)
  if (context.call.json) {
    context.out.result(updateJson(context.version, facts, answers))
  } else {
    const page = pageFor(context.look)
    context.out.text(`${answers.flatMap(({ text }) => page.lines(text)).join('\n')}\n`)
  }
  const states = answers.map(({ state }) => state)
  if (states.includes('older')) return exit.failed
  return states.includes('unknown') ? exit.undetermined : exit.healthy
}
