/** All causes, by the layer they belong to. Adding one: an entry in its file, its example in test/explain/. */
import type { Cause } from '../cause.ts'
import type { Layer } from '../types.ts'
import { network } from './network.ts'

export const knowledge: readonly (readonly [Layer, readonly Cause[]])[] = [['network', network]]
