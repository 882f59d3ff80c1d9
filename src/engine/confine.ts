/** What becomes of a result in a container: no fix that cannot work in there, and why. */
import type { AnyCheck } from '../contract/check.ts'
import { type FixId, rightsOf } from '../contract/fix-args.ts'
import type { Confinement, Right } from '../host/confinement.ts'
import type { Container } from '../host/container.ts'
import type { Conclusion } from './conclude.ts'

/** What it takes to repair it; a fix of the user says nothing of that. */
const takenBy = ({ repairTakes }: AnyCheck, fix: { readonly id: string }): readonly Right[] => {
  const taken = Object.hasOwn(rightsOf, fix.id) ? rightsOf[fix.id as FixId] : []
  return repairTakes === undefined ? taken : [...taken, repairTakes]
}

/** Only root may read it, and in a container perhaps not even root. */
const isUnread = ({ readsAsRoot }: AnyCheck, { status, code }: Conclusion): boolean =>
  readsAsRoot === true && status === 'unknown' && code?.endsWith('/not-readable') === true

/** Whether a container could change anything about it. */
export const dependsOnConfinement = (check: AnyCheck, own: Conclusion): boolean =>
  (own.fix !== undefined && takenBy(check, own.fix).length > 0) || isUnread(check, own)

const reasons: Readonly<Record<Right, string>> = {
  root: 'no program becomes root with its usual capabilities',
  network: 'root lacks CAP_NET_ADMIN',
  sysctl: '/proc/sys is read-only',
  devices: 'its devices belong to the host outside',
  kernel: 'modules and huge pages are those of the host outside',
}

const forwarding = (fix: string): string =>
  fix === 'route-ipv6' ? 'net.ipv6.conf.all.forwarding=1' : 'net.ipv4.ip_forward=1'

/** What is to be given to the container for its network, in the words of what runs it. */
const networkFor = (container: Container, fix: string, withheld: readonly Right[]): string => {
  const [admin, settings] = [withheld.includes('network'), withheld.includes('sysctl')]
  if (container === 'kubernetes')
    return [
      ...(admin ? ['Add NET_ADMIN to `securityContext.capabilities.add` of its container.'] : []),
      ...(settings
        ? [
            `Add ${forwarding(fix)} to \`securityContext.sysctls\` of the pod: an unsafe one, which the kubelet must allow (\`--allowed-unsafe-sysctls\`).`,
          ]
        : []),
    ].join(' ')
  if (container === 'lxc')
    return 'Its configuration has to leave them: no `lxc.cap.drop` of net_admin, and `lxc.mount.auto` with proc:mixed.'
  const options = [
    ...(admin ? ['--cap-add NET_ADMIN'] : []),
    ...(settings ? [`--sysctl ${forwarding(fix)}`] : []),
  ]
  const program = container === 'podman' ? 'podman' : 'docker'
  return `Start it with \`${program} run ${options.join(' ')}\`.`
}

const remedyFor = (container: Container, fix: string, withheld: readonly Right[]): string => {
  if (fix === 'install-packages') return 'Install the packages in the image of the container.'
  const steps = [
    ...(withheld.includes('root')
      ? ['Start it as root, with its usual capabilities and without no_new_privs.']
      : []),
    ...(withheld.some((right) => right === 'network' || right === 'sysctl')
      ? [networkFor(container, fix, withheld)]
      : []),
    ...(withheld.some((right) => right === 'kernel' || right === 'devices')
      ? ['Run `chv-doctor fix` on the host outside.']
      : []),
  ]
  return steps.join(' ')
}

const explain = (withheld: readonly Right[]): string =>
  `No fix works in this container: ${withheld.map((right) => reasons[right]).join('; ')}.`

/** @param confinement null: this is no container, or it is not known */
export const underConfinement = (
  check: AnyCheck,
  own: Conclusion,
  confinement: Confinement | null,
): Conclusion => {
  if (confinement === null) return own
  const { fix, ...rest } = own
  const { container, withheld } = confinement
  const lacking = fix === undefined ? [] : takenBy(check, fix).filter((right) => withheld.includes(right))
  const blinded = isUnread(check, own)
    ? withheld.find((right) => right === 'network' || right === 'root')
    : undefined
  if (lacking.length === 0 && blinded === undefined) return own
  if (own.status === 'unknown')
    return {
      ...rest,
      ...(blinded ? { reason: `only root sees it; in this container ${reasons[blinded]}` } : {}),
    }
  return {
    ...rest,
    hint: `${explain(lacking)} ${remedyFor(container, fix?.id ?? '', lacking)}`,
  }
}
