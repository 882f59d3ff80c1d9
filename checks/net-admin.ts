import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { hasNetAdmin, readNetAdmin } from '../src/host/net-admin.ts'
import { findHypervisor } from '../src/hypervisor/find.ts'
import { cloudHypervisor } from './cloud-hypervisor.ts'
import { notForNone } from './shared/network.ts'

type Binary = { readonly real: string }

const expected = ({ real }: Binary) => `cap_net_admin=ep on ${real}`

/** Where Nix and Guix keep what they build: setcap cannot write there, and a rebuild would take its place. */
const isInStore = (path: string): boolean => /^\/(?:nix|gnu)\/store\//.test(path)

const moveAway = ({ real }: Binary) =>
  `Move ${real} to a file system that is not mounted nosuid, and set the capability there.`

const findings = {
  'cannot-start': finding<Binary>({
    found: 'the bounding set of this session lacks cap_net_admin: the binary cannot even start',
    expected,
    hint: 'Start it from a session or container that keeps CAP_NET_ADMIN in its bounding set, or `setcap -r` the binary.',
  }),
  'defeated-by-nosuid': finding<Binary>({
    found: 'set, but the file system is mounted nosuid',
    expected,
    hint: moveAway,
  }),
  'defeated-by-no-new-privs': finding<Binary>({
    found: 'set, but no_new_privs is on in this session',
    expected,
    hint: 'Start it from a session without no_new_privs (a container or a hardened service sets it).',
  }),
  'not-in-bounding-set': finding<Binary>({
    found: 'the bounding set of this session lacks it',
    expected,
    hint: 'Use `net_admin_capability: auto` with a TAP of your own, or a session that keeps CAP_NET_ADMIN.',
  }),
  'not-effective': finding<Binary & { link: boolean; nosuid: boolean }>({
    found: ({ link, nosuid }) =>
      `permitted but not effective${link ? ' (behind a link)' : ''}${nosuid ? ', on nosuid' : ''}`,
    expected,
    hint: ({ real, nosuid }) => (nosuid ? moveAway({ real }) : null),
  }),
  'in-store': finding<Binary>({
    found: ({ real }) =>
      `no capability, and none can be set: ${real} is in a store that is read-only and shared`,
    expected: 'cap_net_admin=ep on a wrapper',
    hint: 'NixOS makes one from configuration.nix: `security.wrappers.cloud-hypervisor = { owner = "root"; group = "root"; capabilities = "cap_net_admin+ep"; source = pkgs.cloud-hypervisor + "/bin/cloud-hypervisor"; };`, then set `hypervisor: /run/wrappers/bin/cloud-hypervisor`; or use `net_admin_capability: auto` with a TAP of your own, which needs none.',
  }),
  missing: finding<Binary & { link: boolean; nosuid: boolean }>({
    found: ({ link, nosuid }) =>
      `no capability${link ? ' (behind a link)' : ''}; a copy or an upgrade loses it${nosuid ? ', on nosuid' : ''}`,
    expected,
    hint: ({ real, nosuid }) => (nosuid ? moveAway({ real }) : null),
  }),
}

export const netAdmin = defineCheck({
  id: 'net-admin',
  title: 'The cap_net_admin capability',
  group: 'hypervisor',
  needs: [cloudHypervisor],
  beforeBoot: 'required',
  findings,
  skipReason: notForNone,
  probe: async (host, config) => {
    const binary = await findHypervisor(host, config)
    if (!binary) return null
    return { path: binary.path, real: binary.real, ...(await readNetAdmin(host, binary.real)) }
  },
  judge: (facts, config) => {
    if (!facts) return { status: 'skip', reason: 'there is no binary to inspect' }
    const { real, path } = facts
    if (hasNetAdmin(facts)) {
      return { status: 'ok', found: facts.root ? 'root has it' : `cap_net_admin=ep on ${real}` }
    }
    if (config.net_admin_capability === 'auto') {
      return { status: 'skip', reason: 'not needed: a TAP of your own needs no capability' }
    }
    if (facts.permitted && facts.effective) {
      // The file is right; something switches it off.
      const code = facts.bounded
        ? 'cannot-start'
        : facts.nosuid
          ? 'defeated-by-nosuid'
          : 'defeated-by-no-new-privs'
      return { status: 'fail', code, values: { real } }
    }
    if (facts.bounded) return { status: 'fail', code: 'not-in-bounding-set', values: { real } }
    const { nosuid } = facts
    if (isInStore(real)) return { status: 'fail', code: 'in-store', values: { real } }
    return {
      status: 'fail',
      code: facts.permitted ? 'not-effective' : 'missing',
      values: { real, link: path !== real, nosuid },
      ...(nosuid ? {} : { fix: { id: 'setcap', args: { path: real } } }),
    }
  },
})
