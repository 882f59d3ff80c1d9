/** What a text can be about in which nothing was recognised. */
import type { Layer } from '../../diagnosis.ts'

export interface Subject {
  readonly words: RegExp
  /** The words are used of virtual machines alone, or nearly so: the text need not name one beside them. */
  readonly isOurs?: true
  readonly layer: Layer
  /** "By its words it is about …" */
  readonly is: string
  readonly usual: string
  readonly look: string
  readonly page: string
}
