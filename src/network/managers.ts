/** The program that manages a firewall chain, told by the chains beside it. Pure. */
import type { Chain } from './rules.ts'

export type FirewallManager = 'Docker' | 'ufw' | 'firewalld'

const signs: readonly (readonly [FirewallManager, (chain: Chain) => boolean])[] = [
  ['Docker', ({ name }) => name === 'DOCKER-USER'],
  ['ufw', ({ name }) => name === 'ufw-before-forward'],
  ['firewalld', ({ table }) => table === 'firewalld'],
]

const isBeside = (a: Chain, b: Chain) => a.origin === b.origin && a.family === b.family && a.table === b.table

/** The managers at work in the table of a chain, the one whose rules come first at the front. */
export const managersOf = (chains: readonly Chain[], chain: Chain): readonly FirewallManager[] =>
  signs.flatMap(([manager, isSign]) =>
    chains.some((other) => isBeside(chain, other) && isSign(other)) ? [manager] : [],
  )
