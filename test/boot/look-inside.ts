/**
 * What `boot --verify` does on the network, alone, against whatever answers at the guest's address.
 * In the environment: KEYS, the configuration as JSON; LIMIT, seconds; ONCE, to stop when one login has
 * ended. Prints one line of JSON.
 */
import { causeOf } from '../../src/boot/causes.ts'
import { milestonesFor } from '../../src/boot/expected-milestones.ts'
import type { Watched } from '../../src/boot/headless.ts'
import { findLogin } from '../../src/boot/login-key.ts'
import { milestones, progressReader } from '../../src/boot/milestones.ts'
import { notesOn } from '../../src/boot/notes.ts'
import { newObservation, watchNetwork } from '../../src/boot/watch-network.ts'
import { type Values, withDefaults } from '../../src/config/defaults.ts'
import type { Config } from '../../src/config/keys.ts'
import { createHost } from '../../src/host/host.ts'
import { readOutlet } from '../../src/network/mtu.ts'

const main = async () => {
  const over = new AbortController()
  const home = process.env.HOME ?? '/root'
  const user = { uid: 0, gid: 0, name: 'root', home, groups: [0], viaSudo: false }
  const changes = new Map(Object.entries(JSON.parse(process.env.KEYS ?? '{}') as Partial<Config>)) as Values
  const config = withDefaults(changes, { arch: 'x86_64', home, dataHome: `${home}/.local/share` })
  const host = createHost(user, process.env, 5000, over.signal)
  const found = await findLogin(host, config)
  const key = 'ssh' in found ? found : null
  const ping = await host.which('ping')
  const outlet = await readOutlet(host, config)
  const resolves = host.run(['getent', 'hosts', 'deb.debian.org']).then(({ code }) => code === 0)
  const { required } = milestonesFor(config, true)
  const progress = progressReader(milestones)
  progress.feed('cloud login: ', 1)
  for (const step of ['vmm', 'login', 'cloud-init'] as const) progress.mark(step, 1)
  const net = newObservation(config, key !== null)
  const asked = () => required.filter((step) => !net.notTried.has(step))
  const enough = setInterval(() => {
    const { reached } = progress.now()
    const once = process.env.ONCE !== undefined && net.login !== null && reached.ping !== undefined
    if (once || asked().every((step) => reached[step] !== undefined)) over.abort()
  }, 50)
  const limit = setTimeout(() => over.abort(), Number(process.env.LIMIT ?? 20) * 1000)
  process.on('SIGINT', () => over.abort())
  // Nothing of a machine is there: only what is heard on the network counts.
  const watched = { progress, elapsedMs: () => performance.now() } as unknown as Watched
  await watchNetwork({ config, ping, key, resolves }, required, watched, net, over.signal)
  clearInterval(enough)
  clearTimeout(limit)
  const { reached, text } = progress.now()
  const evidence = {
    ...{
      config,
      arch: 'x86_64',
      expected: asked(),
      reached,
      text,
      otherConsoleText: '',
      shown: 'serial' as const,
    },
    ...{ resets: 0, ended: false, quietMs: 0, waitedMs: 1000, neighbour: null, sshRefused: net.refused },
    ...{ login: net.login, inside: net.inside },
  }
  const noLogin = 'reason' in found ? found : null
  const powerOff = { by: 'power-button', tookMs: 0 } as const
  const command = ['cloud-hypervisor'] as const
  const notes = notesOn({
    ...{ config, seedAttached: true, noLogin, evidence, notTried: net.notTried },
    ...{ powerOff, command, disk: 'overlay', outlet },
  })
  const onNetwork = required.filter((step) => milestones.indexOf(step) >= milestones.indexOf('ping'))
  const result = {
    ...{ reached: onNetwork.filter((step) => reached[step] !== undefined) },
    ...{ cause: causeOf(evidence)?.id ?? null, notes, inside: net.inside, login: net.login },
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
  host.close()
}

void main()
