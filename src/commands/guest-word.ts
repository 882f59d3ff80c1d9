import type { Config } from '../config/keys.ts'

/** "The guest", or "Guest 2" where there are several: the beginning of a sentence. */
export const guestWord = ({ guest }: Config): string => (guest === 1 ? 'The guest' : `Guest ${guest}`)
