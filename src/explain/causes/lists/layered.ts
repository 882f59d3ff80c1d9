/** Lists of causes, each with the layer that its causes belong to. */
import type { Cause } from '../../cause.ts'
import type { Layer } from '../../diagnosis.ts'

export type Layered = readonly (readonly [Layer, readonly Cause[]])[]
