import { defineCheck } from '../src/contract/check.ts'
import { findHypervisor } from '../src/hypervisor/find.ts'
import { displayVersion, isVulnerable, parseVersion, supports } from '../src/hypervisor/version.ts'
import { testProgram } from './shared/trial.ts'

const install = { id: 'install-cloud-hypervisor', args: {} } as const

export const cloudHypervisor = defineCheck({
  id: 'cloud-hypervisor',
  title: 'The Cloud Hypervisor binary runs',
  group: 'hypervisor',
  probe: async (host, config) => {
    const binary = await findHypervisor(host, config)
    if (!binary?.executable) return { binary, version: null, output: null, failure: null }
    const { stdout, broken } = await testProgram(host, [binary.path, '--version'], `${binary.path} --version`)
    return { binary, version: parseVersion(stdout), output: stdout.split('\n')[0] ?? '', failure: broken }
  },
  judge: ({ binary, version, output, failure }, config) => {
    const fixed = config.hypervisor.startsWith('/')
    if (!binary) {
      return fixed
        ? {
            status: 'fail',
            found: `there is no ${config.hypervisor}`,
            expected: 'the binary that `hypervisor` names',
            hint: 'Correct `hypervisor`, or remove it and let `fix` install one.',
          }
        : {
            status: 'fail',
            found: `${config.hypervisor} was not found`,
            expected: 'in PATH or a usual place',
            fix: install,
          }
    }
    if (!binary.executable) {
      return {
        status: 'fail',
        found: `${binary.path} is ${binary.type === 'file' ? 'not executable' : `a ${binary.type.replace('-', ' ')}`}`,
        expected: 'an executable file',
        hint:
          binary.type === 'file'
            ? `Make it so: \`chmod +x ${binary.path}\`.`
            : 'Correct `hypervisor` in the configuration.',
      }
    }
    if (failure !== null) {
      return {
        status: 'fail',
        found: `${binary.path} does not run: ${failure}`,
        expected: 'a binary for this machine',
        ...(fixed ? { hint: 'Is it built for this architecture and C library?' } : { fix: install }),
      }
    }
    if (version === null) {
      return {
        status: 'warn',
        found: `${binary.path} says "${output}"`,
        expected: 'cloud-hypervisor vNN.N',
        hint: 'Is this really Cloud Hypervisor?',
      }
    }
    const found = `${displayVersion(version)} at ${binary.path}`
    if (!supports.ourCommandLine(version))
      return {
        status: 'fail',
        found,
        expected: '36.0 or newer',
        ...(fixed ? { hint: 'Replace it by a newer release.' } : { fix: install }),
      }
    if (isVulnerable(version)) {
      return {
        status: 'warn',
        found,
        expected: '51.2 or newer: CVE-2026-45782 is fixed there',
        ...(fixed ? { hint: 'Replace it by a newer release.' } : { fix: install }),
      }
    }
    return { status: 'ok', found }
  },
})
