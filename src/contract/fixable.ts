import { Undetermined } from '../util/errors.ts'
import type { FixCall } from './fix-args.ts'

/** A probe was not permitted to look, and a fix makes it right whatever it is: one that is safe to repeat. */
export class FixableUnknown extends Undetermined {
  readonly fix: FixCall
  constructor(message: string, fix: FixCall, options?: ErrorOptions) {
    super(message, options)
    this.fix = fix
  }
}
