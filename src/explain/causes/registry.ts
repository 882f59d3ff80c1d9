/** All causes, by the layer they belong to. Adding one: an entry in its file, an example in test/explain/. */

import { bootLists } from './lists/boot.ts'
import { containersLists } from './lists/containers.ts'
import { families } from './lists/families.ts'
import { guestLists } from './lists/guest.ts'
import { hostLists } from './lists/host.ts'
import type { Layered } from './lists/layered.ts'
import { networksLists } from './lists/networks.ts'
import { programLists } from './lists/program.ts'
import { toolsLists } from './lists/tools.ts'
import { general } from './program/general.ts'
import { other } from './program/other.ts'
import { panics } from './program/panics.ts'
import { requests } from './program/requests.ts'

/** Ids of causes that say less than any other: another explanation comes before theirs. */
export const familyIds: ReadonlySet<string> = new Set(
  families.flatMap(([, causes]) =>
    causes.filter(({ confidence }) => confidence === 'possible').map(({ id }) => id),
  ),
)

/**
 * In the order in which they are tried: within a layer the particular before the general, and the
 * layers whose words are the most general last.
 */
export const knowledge: Layered = [
  ...programLists,
  ...toolsLists,
  ...bootLists,
  ...containersLists,
  ...guestLists,
  ...networksLists,
  ...hostLists,
  ['other', requests],
  ['other', other],
  ['other', general],
  ['other', panics],
  ...families.flatMap(([layer, causes]) => causes.map((one) => [one.layer ?? layer, [one]] as const)),
]
