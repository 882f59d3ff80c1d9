/**
 * Guest kernels that can be fetched ready-made, and the source of one to build: the releases of
 * github.com/cloud-hypervisor/linux, which Cloud Hypervisor's own tests use.
 */
import { type Arch, type Artifact, pinned } from './artifact.ts'

export interface KernelArtifact extends Artifact {
  readonly arch: Arch
  readonly form: 'vmlinux' | 'bzImage' | 'Image'
}

const releases = 'https://github.com/cloud-hypervisor/linux/releases/download'

const artifact = (
  version: string,
  name: `${KernelArtifact['form']}-${string}`,
  sha256: string | null,
  sure = '',
): KernelArtifact => ({
  ...pinned(version, `${releases}/${version}/${name}`, sha256, sure),
  arch: name.endsWith('-arm64') ? 'aarch64' : 'x86_64',
  form: name.slice(0, name.indexOf('-')) as KernelArtifact['form'],
})

/** The pin of Cloud Hypervisor 52 and 53, and the one of 49 (scripts/test-util.sh); newest first. */
const newest = 'ch-release-v6.16.9-20260508'
const older = 'ch-release-v6.12.8-20250613'

/** All that are known; those without a digest are never fetched silently. */
export const kernelArtifacts: readonly KernelArtifact[] = [
  artifact(
    newest,
    'vmlinux-x86_64',
    '9d3570b47d5abb069ca00edfbfcef4c68306a9c3d078a01f10082b258f1001b8',
    "digest from QEMU's functional tests and public recipes",
  ),
  artifact(
    newest,
    'bzImage-x86_64',
    '58088758f601a04ef85b09cf23db5530d51edc039ed47afbf2264c5b762cb568',
    'digest on which three public recipes agree',
  ),
  artifact(
    newest,
    'Image-arm64',
    '69d1b1235381ec50f1b45cf771a7dff4a9013d452833ab34682d6283e2114010',
    "digest from QEMU's functional tests and public recipes",
  ),
  artifact(older, 'vmlinux-x86_64', null),
  artifact(
    older,
    'bzImage-x86_64',
    'd4af401aa859e4659d4b08a153ac608eb6a315c6918e567daa46981af5d2e5ef',
    'digest from one public recipe',
  ),
  artifact(older, 'Image-arm64', null),
]

/**
 * The one that is fetched: a vmlinux on x86_64, which every release of Cloud Hypervisor takes (a
 * bzImage only 39 and newer), and the Image on aarch64, which takes nothing else.
 */
export const kernelFor = (
  arch: string,
  from: readonly KernelArtifact[] = kernelArtifacts,
): KernelArtifact | undefined => from.find((one) => one.arch === arch && one.form !== 'bzImage')

/** What is built: the branch that the README of Cloud Hypervisor 53 names, behind "#". */
export const kernelSource = 'https://github.com/cloud-hypervisor/linux.git#ch-6.16.9'
