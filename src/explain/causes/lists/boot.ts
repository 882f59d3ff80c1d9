/** What firmware, loaders and Windows say before a kernel runs. In the order in which they are tried. */
import { bootStart } from '../boot/boot-start.ts'
import { firmwareGuest } from '../boot/firmware-guest.ts'
import { grub } from '../boot/grub.ts'
import { guestSystems } from '../boot/guest-systems.ts'
import { loaders } from '../boot/loaders.ts'
import { windowsSetup } from '../boot/windows-setup.ts'
import { windowsStart } from '../boot/windows-start.ts'
import { tidyUp } from '../program/tidy-up.ts'
import type { Layered } from './layered.ts'

export const bootLists: Layered = [
  ['guest', bootStart],
  ['guest', grub],
  ['guest', guestSystems],
  ['guest', windowsStart],
  ['guest', windowsSetup],
  ['guest', firmwareGuest],
  ['guest', loaders],
  ['other', tidyUp],
]
