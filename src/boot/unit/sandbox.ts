/** What a service that runs a guest may not do (systemd.exec(5)): tried with Cloud Hypervisor 53.0 and its own seccomp filters. */
import type { Config } from '../../config/keys.ts'

/** Sets no_new_privs, or implies it for a service with a User=: a file capability counts for nothing then. */
const withoutCapability = [
  'CapabilityBoundingSet=',
  'LockPersonality=yes',
  'MemoryDenyWriteExecute=yes',
  'NoNewPrivileges=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'SystemCallArchitectures=native',
  'SystemCallErrorNumber=EPERM',
  // All that the seccomp filters of 53.0 allow (vmm/src/seccomp_filters.rs) is in these, and in no group below.
  'SystemCallFilter=@system-service seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self',
  'SystemCallFilter=~@privileged',
]

/**
 * @param needsCapability whether Cloud Hypervisor attaches to its TAP only with cap_net_admin
 * @param devices lines for further devices
 */
export const sandboxLines = (config: Config, needsCapability: boolean): readonly string[] => {
  const hasNetwork = config.network !== 'none'
  return [
    'DevicePolicy=closed',
    'DeviceAllow=/dev/kvm rw',
    ...(hasNetwork ? ['DeviceAllow=/dev/net/tun rw'] : ['PrivateNetwork=yes']),
    'KeyringMode=private',
    'PrivateIPC=yes',
    'ProtectControlGroups=yes',
    'ProtectProc=invisible',
    'UMask=0077',
    ...(needsCapability
      ? ['CapabilityBoundingSet=CAP_NET_ADMIN']
      : [
          ...withoutCapability,
          // The TAP is set up through a socket of AF_INET.
          `RestrictAddressFamilies=AF_UNIX${hasNetwork ? ' AF_INET' : ''}`,
        ]),
  ]
}
