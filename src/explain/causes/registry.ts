/** All causes, by the layer they belong to. Adding one: an entry in its file, an example in test/explain/. */
import type { Cause } from '../cause.ts'
import type { Layer } from '../diagnosis.ts'
import { confinement } from './confinement.ts'
import { consoles } from './console.ts'
import { cpu } from './cpu.ts'
import { devices } from './device.ts'
import { disk } from './disk.ts'
import { diskFormat } from './disk-format.ts'
import { general } from './general.ts'
import { guest } from './guest.ts'
import { hypervisor } from './hypervisor.ts'
import { kernelBuild } from './kernel-build.ts'
import { limits } from './limits.ts'
import { memory } from './memory.ts'
import { network } from './network.ts'
import { networkOptions } from './network-options.ts'
import { other } from './other.ts'
import { payload } from './payload.ts'
import { sockets } from './socket.ts'
import { start } from './start.ts'
import { usage } from './usage.ts'

/**
 * In the order in which they are tried: within a layer the particular before the general, and the
 * layers whose words are the most general last.
 */
export const knowledge: readonly (readonly [Layer, readonly Cause[]])[] = [
  ['other', limits],
  ['hypervisor', hypervisor],
  ['payload', payload],
  ['disk', diskFormat],
  ['disk', disk],
  ['network', network],
  ['network', networkOptions],
  ['memory', memory],
  ['cpu', cpu],
  ['console', consoles],
  ['socket', sockets],
  ['confinement', confinement],
  ['device', devices],
  ['usage', usage],
  ['start', start],
  ['payload', kernelBuild],
  ['guest', guest],
  ['other', other],
  ['other', general],
]
