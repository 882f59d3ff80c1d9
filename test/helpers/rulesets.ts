/** Rules as the real nft and iptables print them: loaded into a network namespace of their own, and read back. */
import { spawnSync } from 'node:child_process'

const run = (script: string, input = '') => {
  const { status, stdout, stderr } = spawnSync('unshare', ['--net', 'bash', '-euc', script], {
    input,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the rules were not taken: ${stderr}`)
  return stdout
}

/** Why rules cannot be loaded here, or null. */
export const whyNoRules = ((): string | null => {
  const trial = spawnSync('unshare', [
    '--net',
    'bash',
    '-c',
    'nft list ruleset && iptables-nft -S && iptables-legacy -S',
  ])
  return trial.status === 0 ? null : 'needs root, network namespaces, nft and iptables'
})()

/** What `nft -j list ruleset` prints of rules in the language of nft. */
export const nftJson = (rules: string): string => run('nft -f -; nft -j list ruleset', rules)

/** What iptables-save prints after some commands of iptables, written without the program's name. */
export const savedRules = (
  program: 'iptables-nft' | 'iptables-legacy',
  commands: readonly string[],
): string => run(`${commands.map((command) => `${program} ${command}`).join('\n')}\n${program}-save`)

/** What nft itself makes of what iptables-nft wrote. */
export const nftJsonOfIptables = (commands: readonly string[]): string =>
  run(`${commands.map((command) => `iptables-nft ${command}`).join('\n')}\nnft -j list ruleset`)
