/** Every check, in the order in which it is shown. Adding one: its file, one line here, its docs page, its test. */
import type { Check } from '../src/contract/check.ts'
import { apicv } from './apicv.ts'
import { bootProbe } from './boot-probe.ts'
import { bridge } from './bridge.ts'
import { bridgeFilter } from './bridge-filter.ts'
import { cloudHypervisor } from './cloud-hypervisor.ts'
import { cloudInit } from './cloud-init.ts'
import { cpuGovernor } from './cpu-governor.ts'
import { cpuVulnerabilities } from './cpu-vulnerabilities.ts'
import { denials } from './denials.ts'
import { diskImage } from './disk-image.ts'
import { diskSpace } from './disk-space.ts'
import { dosfstools } from './dosfstools.ts'
import { firmware } from './firmware.ts'
import { forwardPolicy } from './forward-policy.ts'
import { guestDns } from './guest-dns.ts'
import { guestIpv6 } from './guest-ipv6.ts'
import { guestReach } from './guest-reach.ts'
import { guestUnit } from './guest-unit.ts'
import { hostKernel } from './host-kernel.ts'
import { ioUring } from './io-uring.ts'
import { ipForward } from './ip-forward.ts'
import { iproute2 } from './iproute2.ts'
import { kernelBuildTools } from './kernel-build-tools.ts'
import { kernelImage } from './kernel-image.ts'
import { ksm } from './ksm.ts'
import { kvm } from './kvm.ts'
import { kvmPermissions } from './kvm-permissions.ts'
import { libcap } from './libcap.ts'
import { libelfDev } from './libelf-dev.ts'
import { limits } from './limits.ts'
import { memory } from './memory.ts'
import { mtools } from './mtools.ts'
import { nat } from './nat.ts'
import { nested } from './nested.ts'
import { netAdmin } from './net-admin.ts'
import { networkPersistence } from './network-persistence.ts'
import { platform } from './platform.ts'
import { qemuUtils } from './qemu-utils.ts'
import { reflink } from './reflink.ts'
import { subnetConflict } from './subnet-conflict.ts'
import { swapEncryption } from './swap-encryption.ts'
import { tapAddress } from './tap-address.ts'
import { tapDevice } from './tap-device.ts'
import { tapMtu } from './tap-mtu.ts'
import { thp } from './thp.ts'
import { tun } from './tun.ts'
import { vfio } from './vfio.ts'

// biome-ignore lint/suspicious/noExplicitAny: each check has facts of its own type
export const checks: readonly Check<string, any>[] = [
  platform,
  hostKernel,
  kvm,
  tun,
  memory,
  limits,
  vfio,
  diskSpace,
  qemuUtils,
  dosfstools,
  mtools,
  iproute2,
  libcap,
  libelfDev,
  kernelBuildTools,
  cloudHypervisor,
  netAdmin,
  denials,
  guestUnit,
  firmware,
  kernelImage,
  diskImage,
  cloudInit,
  subnetConflict,
  bridge,
  bridgeFilter,
  tapDevice,
  tapAddress,
  tapMtu,
  ipForward,
  nat,
  forwardPolicy,
  guestIpv6,
  guestDns,
  networkPersistence,
  guestReach,
  bootProbe,
  ioUring,
  thp,
  cpuGovernor,
  reflink,
  apicv,
  ksm,
  cpuVulnerabilities,
  swapEncryption,
  nested,
  kvmPermissions,
]
