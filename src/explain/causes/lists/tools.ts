/** Packages, modules, downloads and images: what a VM is made with. In the order in which they are tried. */
import { kernelBuild } from '../builds/kernel-build.ts'
import { packageRemarks } from '../builds/package-remarks.ts'
import { packageStates } from '../builds/package-states.ts'
import { packages } from '../builds/packages.ts'
import { tls } from '../builds/tls.ts'
import { modules } from '../host/modules.ts'
import { imageErrors } from '../images/image-errors.ts'
import { imageSteps } from '../images/image-steps.ts'
import { imageTools } from '../images/image-tools.ts'
import { seedTools } from '../images/seed-tools.ts'
import { observed } from '../program/observed.ts'
import type { Layered } from './layered.ts'

export const toolsLists: Layered = [
  ['other', packageRemarks],
  ['other', packageStates],
  ['other', packages],
  ['other', modules],
  ['payload', kernelBuild],
  ['network', tls],
  ['disk', seedTools],
  ['disk', imageErrors],
  ['disk', imageSteps],
  ['disk', imageTools],
  ['other', observed],
]
