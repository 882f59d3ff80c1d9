/** What the words of a line that is not known stand for, whatever its message: knowledge of the part, no guess at the reason. */
import { withWordsOfNames } from '../reasons/camel-case.ts'
import { automationTerms } from './automation.ts'
import { buildTerms } from './build.ts'
import { cloudInitTerms } from './cloud-init.ts'
import { clusterTerms } from './cluster.ts'
import { clusterNetworkTerms } from './cluster-network.ts'
import { confidentialTerms } from './confidential.ts'
import { containerToolTerms } from './container-tools.ts'
import { containerTerms } from './containers.ts'
import { deviceTerms } from './devices.ts'
import { dhcpDnsTerms } from './dhcp-dns.ts'
import { diskTerms } from './disks.ts'
import { fileSystemTerms } from './file-systems.ts'
import { firewallTerms } from './firewall.ts'
import { firmwareTerms } from './firmware.ts'
import { graphicsTerms } from './graphics.ts'
import { systemTerms } from './host.ts'
import { kernelTerms } from './kernel.ts'
import { kernelHardwareTerms } from './kernel-hardware.ts'
import { kernelStartTerms } from './kernel-start.ts'
import { libvirtTerms } from './libvirt.ts'
import { networkTerms } from './network.ts'
import { packageTerms } from './packages.ts'
import { serviceTerms } from './services.ts'
import { softwareTerms } from './software.ts'
import { standsIn } from './stands-in.ts'
import { storageTerms } from './storage.ts'
import { systemdTerms } from './systemd.ts'
import type { Terms } from './term.ts'
import { volumeTerms } from './volumes.ts'
import { windowsTerms } from './windows.ts'

/** More would bury the line. */
export const maxTerms = 2

/** Of a longer text both ends are looked at. */
const looked = 1500

/** Words that stand in lines about trouble alone. */
const ofTrouble: readonly Terms[] = [
  libvirtTerms,
  clusterTerms,
  clusterNetworkTerms,
  containerToolTerms,
  systemdTerms,
  graphicsTerms,
  dhcpDnsTerms,
  firewallTerms,
  automationTerms,
  serviceTerms,
  buildTerms,
  packageTerms,
]
const ofGuestTrouble: readonly Terms[] = [
  fileSystemTerms,
  volumeTerms,
  diskTerms,
  kernelStartTerms,
  kernelHardwareTerms,
]

/** From the most particular to what many lines name: which words, and what they stand for. */
export const terms: Terms = [
  windowsTerms,
  confidentialTerms,
  ...ofTrouble,
  deviceTerms,
  cloudInitTerms,
  firmwareTerms,
  ...ofGuestTrouble,
  storageTerms,
  kernelTerms,
  containerTerms,
  networkTerms,
  systemTerms,
  softwareTerms,
].flat()

const trouble: ReadonlySet<Terms[number]> = new Set([...ofTrouble, ...ofGuestTrouble].flat())

/** @returns whether a term stands in lines about trouble alone, whatever else they say */
export const isOfTrouble = (term: Terms[number]): boolean => trouble.has(term)

/** @returns what at most so many of the words in a text stand for; empty where it holds none that is known */
export const termsIn = (text: string, limit = maxTerms): string => {
  const words = withWordsOfNames(
    text.length > 2 * looked ? `${text.slice(0, looked)} ${text.slice(-looked)}` : text,
  )
  const lower = words.toLowerCase()
  const found: string[] = []
  for (const [expression, sentence] of terms) {
    if (found.length === limit) break
    if (standsIn(expression, words, lower)) found.push(sentence)
  }
  return found.join(' ')
}
