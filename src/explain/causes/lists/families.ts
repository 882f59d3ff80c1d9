/** The families of causes, in the order in which they are tried. */
import { backendFamilies } from '../families/backend-families.ts'
import { busFamilies } from '../families/bus-families.ts'
import { deviceFamilies } from '../families/device-families.ts'
import { kvmFamilies } from '../families/kvm-families.ts'
import { logNotes } from '../families/log-notes.ts'
import { memoryFamilies } from '../families/memory-families.ts'
import { recordFamilies } from '../families/record-families.ts'
import { requestFamilies } from '../families/request-families.ts'
import { confidentialFamilies, vmFamilies } from '../families/vm-families.ts'
import type { Layered } from './layered.ts'

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
