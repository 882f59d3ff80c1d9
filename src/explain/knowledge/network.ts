/** The TAP and everything that `--net` asks of the host. */
import { type Cause, doc } from '../cause.ts'
import type { Pattern } from '../patterns.ts'

/** `TUNSETIFF` on /dev/net/tun, as the chain (from v47) and the Debug line (to v46, and before the chain) tell it. */
const attach = (errno: number): readonly Pattern[] => [
  ['Unable to configure tap interface', errno],
  ['ConfigureTap(', errno],
]

export const network: readonly Cause[] = [
  {
    id: 'tap-create-denied',
    says: attach(1),
    what: 'Cloud Hypervisor was not permitted to create {tap|the TAP}.',
    why: 'There is no such TAP yet, and creating one takes the capability cap_net_admin, which the program does not have.',
    hint: 'Let `chv-doctor fix create-tap` make a TAP that belongs to you: it then needs no capability. Or give the binary the capability: `sudo setcap cap_net_admin+ep FILE`.',
    check: 'tap-device',
    confirmed: /^there is no /,
    fix: { id: 'create-tap', args: {} },
    reference: doc('README.md'),
    confidence: 'likely',
  },
  {
    id: 'tap-foreign',
    says: attach(1),
    what: 'Cloud Hypervisor was not permitted to use {tap|the TAP}.',
    why: 'The TAP belongs to another user or group; only its owner, or a program with cap_net_admin, may attach to it.',
    hint: 'Delete it and make it anew for your user: `chv-doctor fix create-tap` does.',
    check: 'tap-device',
    confirmed: /belongs to|is for the group/,
    fix: { id: 'create-tap', args: {} },
    reference: doc('README.md'),
    confidence: 'possible',
  },
]
