import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { findManager, parseOsRelease } from '../src/host/os-release.ts'

const containerMarks = ['/run/.containerenv', '/.dockerenv', '/run/systemd/container']

type System = { readonly arch: string; readonly name: string | null; readonly container: boolean }

const describe = ({ arch, name, container }: System) =>
  `${name ?? 'unknown distribution'}, ${arch}${container ? ', in a container' : ''}`

const findings = {
  'experimental-architecture': finding<System>({
    found: describe,
    expected: 'x86_64 or aarch64; riscv64 is experimental',
    hint: 'Build Cloud Hypervisor yourself and set `hypervisor`.',
  }),
  'unsupported-architecture': finding<System>({
    found: describe,
    expected: 'x86_64 or aarch64',
    hint: 'Cloud Hypervisor does not run on this architecture.',
  }),
  'no-package-manager': finding<System>({
    found: describe,
    expected: 'apt, dnf, zypper, pacman or apk',
    hint: 'Install missing packages by hand.',
  }),
}

export const platform = defineCheck({
  id: 'platform',
  title: 'Architecture and distribution',
  group: 'host',
  beforeBoot: 'required',
  findings,
  probe: async (host) => {
    const text =
      (await host.readText('/etc/os-release')) ?? (await host.readText('/usr/lib/os-release')) ?? ''
    const release = parseOsRelease(text)
    const [kthreadd, ...marks] = await Promise.all([
      host.readText('/proc/2/comm'),
      ...containerMarks.map((path) => host.stat(path)),
    ])
    return {
      arch: host.arch,
      name: release.PRETTY_NAME || release.NAME || null,
      manager: await findManager(host),
      // A machine made from a container image keeps the marks; only a container hides the kernel's threads.
      container: kthreadd?.trim() !== 'kthreadd' && marks.some((mark) => mark !== null),
    }
  },
  judge: ({ arch, name, manager, container }) => {
    const values = { arch, name, container }
    // x86_64 and AArch64 are supported; riscv64 is experimental and has no release binary.
    if (arch === 'riscv64') return { status: 'warn', code: 'experimental-architecture', values }
    if (arch !== 'x86_64' && arch !== 'aarch64')
      return { status: 'fail', code: 'unsupported-architecture', values }
    if (manager === null) return { status: 'warn', code: 'no-package-manager', values }
    return { status: 'ok', found: describe(values) }
  },
})
