import { defineCheck } from '../src/contract/check.ts'
import { hasNetAdmin, readNetAdmin } from '../src/host/net-admin.ts'
import { findHypervisor } from '../src/hypervisor/find.ts'
import { cloudHypervisor } from './cloud-hypervisor.ts'
import { notForNone } from './shared/network.ts'

export const netAdmin = defineCheck({
  id: 'net-admin',
  title: 'The cap_net_admin capability',
  group: 'hypervisor',
  needs: [cloudHypervisor],
  skipReason: notForNone,
  probe: async (host, config) => {
    const binary = await findHypervisor(host, config)
    if (!binary) return null
    return { path: binary.path, real: binary.real, ...(await readNetAdmin(host, binary.real)) }
  },
  judge: (facts, config) => {
    if (!facts) return { status: 'skip', reason: 'there is no binary to look at' }
    const { real, path } = facts
    if (hasNetAdmin(facts)) {
      return { status: 'ok', found: facts.root ? 'root has it' : `cap_net_admin=ep on ${real}` }
    }
    if (config.net_admin_capability === 'auto') {
      return { status: 'skip', reason: 'not needed: a TAP of your own needs no capability' }
    }
    const expected = `cap_net_admin=ep on ${real}`
    if (facts.permitted && facts.effective) {
      // The file is right; something switches it off.
      if (facts.bounded) {
        return {
          status: 'fail',
          found: 'the bounding set lacks it: the binary cannot even start',
          expected,
          hint: 'Start from a session or container that keeps CAP_NET_ADMIN in its bounding set, or `setcap -r` the binary.',
        }
      }
      if (facts.nosuid) {
        return {
          status: 'fail',
          found: 'set, but the file system is mounted nosuid',
          expected,
          hint: `Move ${real} to a file system that is not mounted nosuid, and set it again there.`,
        }
      }
      return {
        status: 'fail',
        found: 'set, but no_new_privs is on in this session',
        expected,
        hint: 'Start from a session without no_new_privs (a container or a hardened service sets it).',
      }
    }
    if (facts.bounded) {
      return {
        status: 'fail',
        found: 'the bounding set of this session lacks it',
        expected,
        hint: 'Use `net_admin_capability: auto` with a TAP of your own, or a session that keeps CAP_NET_ADMIN.',
      }
    }
    const link = path === real ? '' : ' (behind a link)'
    const found = facts.permitted
      ? `permitted but not effective${link}`
      : `no capability${link}; a copy or an upgrade loses it`
    if (facts.nosuid)
      return {
        status: 'fail',
        found: `${found}, on nosuid`,
        expected,
        hint: `Move ${real} to a file system that is not mounted nosuid.`,
      }
    return { status: 'fail', found, expected, fix: { id: 'setcap', args: { path: real } } }
  },
})
