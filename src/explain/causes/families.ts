/** The families of causes, in the order in which they are tried. */
import { backendFamilies } from './backend-families.ts'
import { busFamilies } from './bus-families.ts'
import { deviceFamilies } from './device-families.ts'
import { kvmFamilies } from './kvm-families.ts'
import type { Layered } from './layered.ts'
import { logNotes } from './log-notes.ts'
import { memoryFamilies } from './memory-families.ts'
import { recordFamilies } from './record-families.ts'
import { requestFamilies } from './request-families.ts'
import { confidentialFamilies, vmFamilies } from './vm-families.ts'

/** What only says where something failed, and leaves the reason to the errno. */
export const families: Layered = [
  ['other', logNotes],
  ['payload', confidentialFamilies],
  ['device', backendFamilies],
  ['other', recordFamilies],
  ['device', busFamilies],
  ['device', deviceFamilies],
  ['memory', memoryFamilies],
  ['cpu', kvmFamilies],
  ['other', vmFamilies],
  // A request says less than the error that it carries.
  ['socket', requestFamilies],
]
