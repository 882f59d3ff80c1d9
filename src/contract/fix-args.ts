import type { Right } from '../host/confinement.ts'

/**
 * The arguments of every built-in fix: the message from a check to a fix. It stands here, below both, so
 * that a check can name a fix without importing it.
 */
export interface FixArgs {
  readonly 'install-packages': {
    /** By their Debian names. */
    readonly packages: readonly string[]
  }
  readonly 'load-kvm': { readonly module: string }
  readonly 'kvm-access': {
    readonly user: string
    /** /etc/group lists the user already. */
    readonly inGroup: boolean
    /** Group kvm owns /dev/kvm and may read and write it. */
    readonly groupOwns: boolean
  }
  readonly 'load-tun': {
    /** The present mode of /dev/net/tun in octal when that is what is wrong, else null. */
    readonly mode: string | null
  }
  readonly 'reserve-hugepages': NoArgs
  readonly 'install-cloud-hypervisor': NoArgs
  readonly setcap: {
    /** The real file; setcap refuses symbolic links. */
    readonly path: string
  }
  readonly 'create-tap': NoArgs
  readonly 'route-guest': NoArgs
  readonly 'route-ipv6': NoArgs
  readonly 'persist-network': NoArgs
  readonly 'fetch-firmware': NoArgs
  readonly 'fetch-image': {
    /** Grow the disk that is there to `disk_size` instead of making a new one. */
    readonly grow?: true
  }
  readonly 'fetch-kernel': NoArgs
  readonly 'build-kernel': NoArgs
  readonly 'create-cloud-init': NoArgs
  readonly 'install-guest-unit': NoArgs
}

type NoArgs = Readonly<Record<string, never>>

export type FixId = keyof FixArgs

/** A fix with its arguments, as a verdict names it; a wrong argument does not compile. */
export type FixCall = { [Id in FixId]: { readonly id: Id; readonly args: FixArgs[Id] } }[FixId]

/** What the steps of each built-in fix take that a container may keep from it. */
export const rightsOf: Readonly<Record<FixId, readonly Right[]>> = {
  'install-packages': ['root'],
  'load-kvm': ['root', 'kernel'],
  'kvm-access': ['root', 'devices'],
  'load-tun': ['root', 'devices', 'kernel'],
  'reserve-hugepages': ['root', 'kernel'],
  'install-cloud-hypervisor': [],
  setcap: ['root'],
  'create-tap': ['root', 'network'],
  'route-guest': ['root', 'network'],
  'route-ipv6': ['root', 'network', 'sysctl'],
  'persist-network': ['root'],
  'fetch-firmware': [],
  'fetch-image': [],
  'fetch-kernel': [],
  'build-kernel': [],
  'create-cloud-init': [],
  'install-guest-unit': ['root'],
}
