import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type Denial, lastDenial } from '../src/host/denials.ts'
import type { Host } from '../src/host/host.ts'
import { Undetermined } from '../src/util/errors.ts'

/** Names of the threads of Cloud Hypervisor, as the kernel cuts them. */
const thread =
  /^(?:cloud-hyper\w*|vmm|vmm_signal_hand|http-server|vcpu\d+|_(?:disk|net|fs|vsock|rng|console)\w*)$/

/** chv-doctor itself, and the helper that asks the kernel for it. */
const ourselves = /^(?:chv-doctor|node|MainThread|libuv-worker|perl)$/
/** Of devices SELinux records the name alone. */
const device = /^(?:\/dev\/(?:net\/|vfio\/)?)?(?:kvm|tun|vhost-net|vhost-vsock|vfio)$/

/**
 * A program that is refused its start has the name of the one that starts it. What refuses us a device of a guest
 * refuses it to the guest of the same user.
 */
const isAboutGuest = ({ program, object }: Denial): boolean =>
  thread.test(program) ||
  /(?:^|\/)cloud-hypervisor[\w.-]*$/.test(object ?? '') ||
  (ourselves.test(program) && device.test(object ?? ''))

/** What refuses to say whether it is on counts as on. */
const closed = 'closed'

const switchAt = async (host: Host, path: string): Promise<string | null> => {
  try {
    return (await host.readText(path))?.trim() ?? null
  } catch (error) {
    if (error instanceof Undetermined) return closed
    throw error
  }
}

/** Users whose sessions SELinux confines, by the type of their processes (refpolicy, Fedora's policy). */
const confinedUser = /:(?:user|staff|guest|xguest|sysadm)_t\b/

const advice = ({ module, domain }: Denial): string => {
  if (module === 'AppArmor')
    return `Allow it in the profile ${domain} (\`sudo aa-logprof\`), or put the file where the profile lets it be.`
  if (confinedUser.test(domain))
    return `This session is confined (${domain}): \`sudo semanage login -l\` shows as what. Use an account that is not, or let the policy allow it: \`sudo ausearch -m avc -ts boot | audit2allow\` shows the rule.`
  return 'See `sudo ausearch -m avc -ts boot`. Give the files the label of their place (`sudo restorecon -Rv DIRECTORY`), or put them where the policy lets them be.'
}

const findings = {
  refused: finding<Denial>({
    found: ({ module, program, action, object, times }) =>
      `${module} refused ${program} ${action}${object === null ? '' : ` of ${object}`}${times > 1 ? `, ${times} times` : ''} since the start of the host`,
    expected: 'a policy that lets Cloud Hypervisor use its files and devices',
    hint: advice,
  }),
}

export const denials = defineCheck({
  id: 'denials',
  title: 'No security module refuses Cloud Hypervisor',
  group: 'hypervisor',
  beforeBoot: 'reported',
  findings,
  probe: async (host) => {
    const [enforce, apparmor] = await Promise.all([
      switchAt(host, '/sys/fs/selinux/enforce'),
      switchAt(host, '/sys/module/apparmor/parameters/enabled'),
    ])
    const modules = [
      ...(enforce === '1' || enforce === closed ? ['SELinux'] : []),
      ...(apparmor === 'Y' || apparmor === closed ? ['AppArmor'] : []),
    ]
    const last = modules.length === 0 ? null : await lastDenial(host, isAboutGuest)
    return { modules, isRead: last !== undefined, denial: last ?? null }
  },
  judge: ({ modules, isRead, denial }) => {
    const names = modules.join(' and ')
    if (modules.length === 0) return { status: 'ok', found: 'neither SELinux nor AppArmor is in force' }
    if (!isRead) return { status: 'skip', reason: `only root can read what ${names} refused` }
    // What was refused before may be allowed by now.
    if (denial) return { status: 'warn', code: 'refused', values: denial }
    return {
      status: 'ok',
      found: `${names} refused Cloud Hypervisor nothing on record since the start of the host`,
    }
  },
})
