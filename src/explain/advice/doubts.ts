/** All doubts about commands and requests, by the layer that they are told in, to be looked up by their ids. */
import type { Advice } from '../cause.ts'
import type { Layer } from '../diagnosis.ts'
import { consoleDoubts } from './console-advice.ts'
import { deviceDoubts } from './device-advice.ts'
import { diskDoubts } from './disk-advice.ts'
import { landlockDoubts } from './landlock-advice.ts'
import { memoryDoubts } from './memory-advice.ts'
import { netDoubts } from './net-advice.ts'
import { optionDoubts } from './option-advice.ts'
import { requestDoubt } from './request-fields.ts'
import { shapeDoubts } from './shape-advice.ts'
import { sharedDoubts } from './shared-advice.ts'
import { situationDoubts } from './situation-advice.ts'

export const doubts: readonly (readonly [Layer, readonly Advice[]])[] = [
  ['start', [shapeDoubts.apiWaits, shapeDoubts.commandInOrder, sharedDoubts.commandsShare]],
  ['usage', [shapeDoubts.commandLineBroken, ...Object.values(optionDoubts), requestDoubt]],
  ['disk', Object.values(diskDoubts)],
  ['network', Object.values(netDoubts)],
  ['memory', Object.values(memoryDoubts)],
  ['console', Object.values(consoleDoubts)],
  ['device', Object.values(deviceDoubts)],
  ['confinement', Object.values(landlockDoubts)],
  ['guest', Object.values(situationDoubts)],
]
