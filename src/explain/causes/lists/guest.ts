/** What a guest says once its kernel runs. In the order in which they are tried. */
import { guestDeviceUnits } from '../boot/guest-device-units.ts'
import { guestInit } from '../boot/guest-init.ts'
import { guestInitramfs } from '../boot/guest-initramfs.ts'
import { guestKernel } from '../boot/guest-kernel.ts'
import { guestPanics } from '../boot/guest-panics.ts'
import { guestRoot } from '../boot/guest-root.ts'
import { guestRootNames } from '../boot/guest-root-names.ts'
import { guestStart } from '../boot/guest-start.ts'
import { guestUnits } from '../boot/guest-units.ts'
import { installers } from '../boot/installers.ts'
import { cloudInit } from '../guest/cloud-init.ts'
import { cloudInitModules } from '../guest/cloud-init-modules.ts'
import { cloudInitSources } from '../guest/cloud-init-sources.ts'
import { guest } from '../guest/guest.ts'
import { guestClock } from '../guest/guest-clock.ts'
import { guestDevices } from '../guest/guest-devices.ts'
import { guestDrivers } from '../guest/guest-drivers.ts'
import { guestFiles } from '../guest/guest-files.ts'
import { guestGrowth } from '../guest/guest-growth.ts'
import { guestLogins } from '../guest/guest-logins.ts'
import { guestMachine } from '../guest/guest-machine.ts'
import { guestOverlay } from '../guest/guest-overlay.ts'
import { guestPrograms } from '../guest/guest-programs.ts'
import { guestServices } from '../guest/guest-services.ts'
import { guestStorage } from '../guest/guest-storage.ts'
import { guestTables } from '../guest/guest-tables.ts'
import { logins } from '../guest/logins.ts'
import { seedTexts } from '../guest/seed-texts.ts'
import { qemuStart } from '../managers/qemu-start.ts'
import type { Layered } from './layered.ts'

export const guestLists: Layered = [
  ['guest', guestRootNames],
  ['guest', installers],
  ['guest', seedTexts],
  ['guest', guestTables],
  ['guest', guestInitramfs],
  ['guest', guestDeviceUnits],
  ['guest', guestUnits],
  ['guest', guestServices],
  ['guest', guestPanics],
  ['other', qemuStart],
  ['guest', guestRoot],
  ['guest', logins],
  ['guest', cloudInitModules],
  ['guest', cloudInitSources],
  ['guest', cloudInit],
  ['guest', guestPrograms],
  ['guest', guestClock],
  ['guest', guestOverlay],
  ['guest', guestStart],
  ['guest', guestGrowth],
  ['guest', guestLogins],
  ['guest', guest],
  ['guest', guestInit],
  ['guest', guestKernel],
  ['guest', guestStorage],
  ['guest', guestDevices],
  ['guest', guestDrivers],
  ['guest', guestFiles],
  ['guest', guestMachine],
]
