/** Firewalls as nft and iptables-save print them, of any size and shape. */

const chainOf = (name: string, hook?: string) => ({
  chain: {
    family: 'inet',
    table: 't',
    name,
    handle: 1,
    ...(hook ? { type: 'filter', hook, prio: 0, policy: 'accept' } : {}),
  },
})
const ruleOf = (chain: string, expr: readonly object[]) => ({
  rule: { family: 'inet', table: 't', chain, handle: 2, expr },
})

const maybe = { match: { op: '==', left: { meta: { key: 'cgroup' } }, right: 7 } }

/** Each chain jumps `width` times to the next: width^depth ways to the end. */
export const nftDiamond = (depth: number, width: number): string =>
  JSON.stringify({
    nftables: [
      chainOf('c0', 'forward'),
      ...Array.from({ length: depth }, (_, index) => chainOf(`c${index + 1}`)),
      ...Array.from({ length: depth }, (_, index) =>
        Array.from({ length: width }, () =>
          ruleOf(`c${index}`, [maybe, { jump: { target: `c${index + 1}` } }]),
        ),
      ).flat(),
      ruleOf(`c${depth}`, [maybe, { drop: null }]),
    ],
  })

/** Chains that jump to each other in circles, which the kernel refuses: a file may say it all the same. */
export const nftCycle = (chains: number): string =>
  JSON.stringify({
    nftables: [
      ...Array.from({ length: chains }, (_, index) =>
        chainOf(`c${index}`, index === 0 ? 'forward' : undefined),
      ),
      ...Array.from({ length: chains }, (_, from) =>
        Array.from({ length: Math.min(chains, 8) }, (_, to) =>
          ruleOf(`c${from}`, [maybe, { jump: { target: `c${(from + to) % chains}` } }]),
        ),
      ).flat(),
    ],
  })

/** Many chains with a rule each, and one that jumps to all of them. */
export const nftWide = (chains: number): string =>
  JSON.stringify({
    nftables: [
      chainOf('base', 'forward'),
      ...Array.from({ length: chains }, (_, index) => chainOf(`c${index}`)),
      ...Array.from({ length: chains }, (_, index) => ruleOf('base', [{ jump: { target: `c${index}` } }])),
      ...Array.from({ length: chains }, (_, index) => ruleOf(`c${index}`, [maybe, { drop: null }])),
    ],
  })

/** One table of iptables-save with a chain and a rule for each of so many ports. */
export const iptablesWide = (chains: number): string =>
  [
    '*filter',
    ':FORWARD ACCEPT [0:0]',
    ...Array.from({ length: chains }, (_, index) => `:C${index} - [0:0]`),
    ...Array.from({ length: chains }, (_, index) => `-A FORWARD -m set --match-set s src -j C${index}`),
    ...Array.from({ length: chains }, (_, index) => `-A C${index} -p tcp --dport ${index % 65536} -j DROP`),
    'COMMIT',
    '',
  ].join('\n')

export const iptablesDiamond = (depth: number, width: number): string =>
  [
    '*filter',
    ':FORWARD ACCEPT [0:0]',
    ...Array.from({ length: depth }, (_, index) => `:C${index} - [0:0]`),
    '-A FORWARD -j C0',
    ...Array.from({ length: depth - 1 }, (_, index) =>
      Array.from({ length: width }, () => `-A C${index} -m set --match-set s src -j C${index + 1}`),
    ).flat(),
    `-A C${depth - 1} -m set --match-set s src -j DROP`,
    'COMMIT',
    '',
  ].join('\n')
