import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { findContainer } from '../src/host/container.ts'
import { findManager, parseOsRelease } from '../src/host/os-release.ts'

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
  nixos: finding<System>({
    found: describe,
    expected: 'what the checks ask for, in configuration.nix',
    hint: 'Put it into /etc/nixos/configuration.nix: `environment.systemPackages = with pkgs; [ cloud-hypervisor qemu-utils dosfstools mtools iproute2 libcap nftables ];`, then `sudo nixos-rebuild switch`; only for a try: `nix-shell -p qemu-utils dosfstools mtools`.',
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
    return {
      arch: host.arch,
      name: release.PRETTY_NAME || release.NAME || null,
      manager: await findManager(host),
      container: (await findContainer(host)) !== null,
      // Nothing is installed there by a command.
      ...(release.ID === 'nixos' ? { nixos: true } : {}),
    }
  },
  judge: ({ arch, name, manager, container, nixos }) => {
    const values = { arch, name, container }
    // x86_64 and AArch64 are supported; riscv64 is experimental and has no release binary.
    if (arch === 'riscv64') return { status: 'warn', code: 'experimental-architecture', values }
    if (arch !== 'x86_64' && arch !== 'aarch64')
      return { status: 'fail', code: 'unsupported-architecture', values }
    if (nixos) return { status: 'warn', code: 'nixos', values }
    if (manager === null) return { status: 'warn', code: 'no-package-manager', values }
    return { status: 'ok', found: describe(values) }
  },
})
