/** The parts of the executables as CycloneDX: what npm knows about the packages in the bundle, and Node.js with its libraries. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { packageDirectories } from '../notices.mjs'
import { nodeVersion, ownArch, runtimeFor, runtimeOrigin } from './runtime.mjs'

/** What `process.versions` names beside libraries: interfaces and data. */
const noLibraries = ['node', 'modules', 'napi', 'cldr', 'tz', 'unicode']

/** Node.js as one architecture has it, with the libraries that it was linked with. */
const runtimeComponent = (arch) => {
  const versions = JSON.parse(
    execFileSync(runtimeFor(ownArch).node, ['--print', 'JSON.stringify(process.versions)'], {
      encoding: 'utf8',
    }),
  )
  const { purl, sha512 } = runtimeOrigin(arch)
  return {
    'bom-ref': purl,
    type: 'platform',
    name: 'node',
    version: nodeVersion,
    purl,
    description: `Node.js for ${arch}, from the npm registry, without debugging symbols`,
    hashes: [{ alg: 'SHA-512', content: sha512 }],
    licenses: [{ license: { id: 'MIT' } }],
    components: Object.entries(versions)
      .filter(([name]) => !noLibraries.includes(name))
      .map(([name, version]) => ({
        'bom-ref': `${purl}#${name}`,
        type: 'library',
        name,
        version,
        purl: `pkg:generic/${name}@${encodeURIComponent(version)}`,
      })),
  }
}

/**
 * @param inputs the files that the bundler read
 * @param archs the architectures that executables were made for
 * @param epoch when, in seconds since 1970
 * @returns a document of CycloneDX 1.5, the same for the same arguments
 * @throws Error for a package in the bundle that package-lock.json does not have
 */
export const sbomFor = (inputs, archs, epoch) => {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only']
  const document = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 2 ** 26 }))
  const known = new Map(document.components.map((component) => [component['bom-ref'], component]))
  const bundled = packageDirectories(inputs).map((directory) => {
    const { name, version } = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'))
    const found = known.get(`${name}@${version}`)
    if (!found) throw new Error(`${name} ${version} is in the bundle, and not in package-lock.json`)
    // For npm it is a tool of developers; here it is shipped.
    const { properties, ...component } = found
    return { ...component, scope: 'required' }
  })
  bundled.sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1))
  const { component, tools } = document.metadata
  const { serialNumber, dependencies, ...rest } = document
  return {
    ...rest,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      lifecycles: [{ phase: 'build' }],
      tools,
      component: { ...component, type: 'application', name: 'chv-doctor' },
    },
    components: [...bundled, ...archs.map(runtimeComponent)],
  }
}
