/** What follows from what around containers in VMs, and around the moves of a VM. */
import { familyIds } from './causes/registry.ts'
import { isCause, isError, type Rule } from './follow-up-rule.ts'

/** What the runtime passes on without a reason of its own. */
const passedOn = isCause('task-not-created', 'kata-vm-state', 'sandbox-name-reserved', 'sandbox-deadline')

/** Of a cluster: a state, or another program; neither is the reason of a sandbox that was not made. */
const isState = isCause(
  'unknown',
  'api-http-status',
  'cluster-pod-waiting',
  'cluster-pod-restarts',
  'kata-agent-silent',
  'kata-agent-unreachable',
  'kata-cleanup-failed',
  'shim-cleanup-remark',
)

export const kataRules: readonly Rule[] = [
  {
    first: (found) =>
      isError(found) && !passedOn(found) && !isState(found) && !familyIds.has(found.diagnosis.cause),
    later: passedOn,
    anyOrder: true,
  },
  { first: isCause('kata-agent-ended'), later: isCause('kata-agent-silent'), anyOrder: true },
  // A pipeline reports the end of a step, and not why.
  {
    first: (found) =>
      isError(found) &&
      !isState(found) &&
      !isCause('pipeline-ended')(found) &&
      !familyIds.has(found.diagnosis.cause),
    later: isCause('pipeline-ended'),
    anyOrder: true,
  },
  // The check of the CPU names the bits; the migration only ends.
  {
    first: isCause('cpuid-incompatible'),
    later: isCause('migration-failed', 'migration-refused', 'migration-peer-lost'),
    anyOrder: true,
  },
  // The guest has no /dev/kvm where its host does not give it any.
  { first: isCause('kvm-nested-off'), later: isCause('kvm-missing', 'kvm-not-offered'), anyOrder: true },
  // The table of the card says why VFIO did not open it.
  {
    first: isCause('vfio-card-has-driver'),
    later: isCause('vfio-failed', 'vfio-not-bound', 'vfio-request-failed'),
    anyOrder: true,
  },
  {
    first: isCause('virtiofsd-arguments', 'virtiofsd-sandbox-denied', 'kata-virtiofsd-missing'),
    later: isCause('virtiofsd-failed', 'launcher-virtiofsd-late', 'vhost-user-backend-missing'),
    anyOrder: true,
  },
]
