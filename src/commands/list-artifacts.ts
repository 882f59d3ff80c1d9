/** `chv-doctor list artifacts`: lists the catalogue and marks what this configuration fetches. */
import { type Arch, type Artifact, addressesOf, archs } from '../catalogue/artifact.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { chosenFor } from '../catalogue/choice.ts'
import { imageIds } from '../catalogue/images.ts'
import { machineArch } from '../host/host.ts'
import { catalogueName } from '../report/catalogue-text.ts'
import { pageFor } from '../report/layout.ts'
import { listJson } from '../report/list-json.ts'
import { exit, UsageError } from '../util/errors.ts'
import { humanBytes } from '../util/units.ts'
import type { Context } from './context.ts'

interface Row extends Artifact {
  readonly kind: 'hypervisor' | 'firmware' | 'image' | 'kernel'
  readonly name: string
  readonly arch: Arch
  /** What matters for the choice; null for nothing. */
  readonly note: string | null
}

const titles = {
  hypervisor: 'Cloud Hypervisor',
  firmware: 'Firmware',
  image: 'Images',
  kernel: 'Guest kernels',
} as const

const rowsFor = (
  { hypervisors, remotes, firmwares, images, kernels }: Catalogue,
  arch: Arch,
): readonly Row[] => [
  ...hypervisors[arch].map((artifact) => ({
    ...artifact,
    kind: 'hypervisor' as const,
    name: 'cloud-hypervisor',
    arch,
    note: null,
  })),
  ...remotes[arch].map((artifact) => ({
    ...artifact,
    kind: 'hypervisor' as const,
    name: 'ch-remote',
    arch,
    note: null,
  })),
  ...firmwares[arch].map(({ starts, ...artifact }) => {
    const started = imageIds.filter(starts)
    const note =
      started.length === imageIds.length ? 'starts every image' : `starts ${started.join(' and ')} only`
    return { ...artifact, kind: 'firmware' as const, arch, note }
  }),
  ...Object.entries(images).flatMap(([name, { pinned, current, title, endOfLife }]) =>
    [pinned[arch], current[arch]].flatMap((artifact) =>
      artifact
        ? [
            {
              ...artifact,
              kind: 'image' as const,
              name,
              arch,
              note: endOfLife ? `${title}, end of life: no security updates since ${endOfLife}` : title,
            },
          ]
        : [],
    ),
  ),
  ...kernels
    .filter((artifact) => artifact.arch === arch)
    .map((artifact) => ({ ...artifact, kind: 'kernel' as const, name: artifact.form, note: null })),
]

const renderTable = (rows: readonly Row[], chosen: ReadonlySet<string>, context: Context): string => {
  const page = pageFor(context.look)
  const { paint } = page
  const out: string[] = []
  for (const [kind, title] of Object.entries(titles)) {
    out.push(paint('strong', title))
    for (const row of rows.filter((candidate) => candidate.kind === kind)) {
      const mark = chosen.has(row.url) ? paint('good', '*') : ' '
      const size = row.bytes === null ? '' : humanBytes(row.bytes)
      out.push(`${mark} ${row.name.padEnd(17)} ${row.version.padEnd(14)} ${size}`.trimEnd())
      for (const line of page.lines([row.note, row.provenance].filter(Boolean).join('; '), page.width - 4))
        out.push(`    ${paint('quiet', line)}`)
    }
    out.push('')
  }
  return out.join('\n')
}

/** Which catalogue is in force, as lines. */
const originText = ({ look, version }: Context, { signed }: Catalogue): string => {
  const name = signed === null ? `that of chv-doctor ${version}` : catalogueName(signed)
  return `${pageFor(look).lines(`The catalogue in force is ${name}.`).join('\n')}\n`
}

/** @returns the exit code */
export const listArtifacts = async (context: Context): Promise<number> => {
  const { call, config, out } = context
  if (call.json && call.has('urls')) throw new UsageError('Give --json or --urls, not both.')
  const arch = machineArch()
  const catalogue = await context.catalogue()
  const { hypervisor, remote, firmware, image, kernel } = chosenFor(config, arch, catalogue)
  const wanted = [hypervisor, remote, config.boot === 'kernel' ? kernel : firmware, image]
  const picked = wanted.flatMap((artifact: Artifact | undefined) => (artifact ? [artifact] : []))
  const chosen = new Set(picked.map(({ url }) => url))
  if (call.has('urls')) {
    out.result(`${picked.flatMap(addressesOf).join('\n')}\n`)
    return exit.healthy
  }
  if (call.json) {
    const artifacts = archs
      .flatMap((each) => rowsFor(catalogue, each))
      .map((row) => ({ ...row, chosen: row.arch === arch && chosen.has(row.url) }))
    out.result(listJson(context.version, { catalogue: { signed: catalogue.signed }, artifacts }))
    return exit.healthy
  }
  const here = archs.find((known) => known === arch)
  out.text(
    here
      ? `${renderTable(rowsFor(catalogue, here), chosen, context)}\n* is what this configuration fetches on this host (${arch}), unless\n  hypervisor_url, firmware_url or image_url is set. --json has the addresses,\n  digests and the other architecture; --urls the addresses to mirror.\n${originText(context, catalogue)}`
      : `The catalogue has nothing for ${arch}; it has ${archs.join(' and ')}: see \`chv-doctor list artifacts --json\`.\n`,
  )
  return exit.healthy
}
