/** Real artifacts, small: a PVH firmware, a GPT disk as qcow2, and Cloud Hypervisor where there is one. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { pvhElf } from '../helpers/pvh-elf.ts'

/** The real Cloud Hypervisor: named by CHV_DOCTOR_TEST_CH, or in PATH; null when there is none. */
export const realHypervisor = ((): string | null => {
  const named = process.env.CHV_DOCTOR_TEST_CH
  if (named) return named
  const { status, stdout } = spawnSync('bash', ['-c', 'command -v cloud-hypervisor'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
})()

/** Why there is none, or null. */
export const whyNoHypervisor = realHypervisor
  ? null
  : 'no Cloud Hypervisor: none in PATH, CHV_DOCTOR_TEST_CH not set'

/** Why the real one starts no guest here, or null. */
export const whyNoGuest = whyNoHypervisor ?? (existsSync('/dev/kvm') ? null : 'no /dev/kvm')

/** The same for a guest in namespaces of its own. */
export const whyNoLab = process.getuid?.() !== 0 ? 'needs root for namespaces' : whyNoGuest

// Answers the one question that the doctor's checks ask of a binary.
const standIn = '#!/bin/sh\necho "cloud-hypervisor v53.0.0"\n'

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Makes the artifacts in a directory. @returns the configuration that fetches them from a server at `base` */
export const makeArtifacts = (directory: string, base: string): string => {
  mkdirSync(directory, { recursive: true })
  writeFileSync(`${directory}/fw.fd`, pvhElf)
  const disk = `${directory}/disk.raw`
  execFileSync('truncate', ['-s', '64M', disk])
  execFileSync('sfdisk', ['--quiet', disk], {
    input: 'label: gpt\nsize=8M, type=uefi\nsize=20M, type=linux\n',
  })
  // Content that does not compress, so that a download takes long enough to be cut off.
  const file = openSync(disk, 'r+')
  writeSync(file, randomBytes(4 * 2 ** 20), 0, 4 * 2 ** 20, 10 * 2 ** 20)
  closeSync(file)
  execFileSync('qemu-img', ['convert', '-c', '-f', 'raw', '-O', 'qcow2', disk, `${directory}/image.img`])
  if (realHypervisor && existsSync(realHypervisor))
    copyFileSync(realHypervisor, `${directory}/cloud-hypervisor`)
  else writeFileSync(`${directory}/cloud-hypervisor`, standIn)
  return [
    ...Object.entries({ firmware: 'fw.fd', image: 'image.img', hypervisor: 'cloud-hypervisor' }).flatMap(
      ([key, name]) => [`${key}_url: ${base}/${name}`, `${key}_sha256: ${digest(`${directory}/${name}`)}`],
    ),
    'memory: 256M',
    'cpus: 1',
    // The stand-in starts no guest.
    ...(realHypervisor ? [] : ['ignore: { boot-probe: "no Cloud Hypervisor for the tests" }']),
    '',
  ].join('\n')
}
