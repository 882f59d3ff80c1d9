/** Which parts of a kernel a call trace goes through, by the names of its functions. */
import { bare, type Diagnosis, type Line, standingAlone } from '../diagnosis.ts'

/** What many traces go through stands last. */
const parts: readonly (readonly [RegExp, string])[] = [
  [/dax/, 'DAX, files that are mapped into the memory of the guest'],
  [/^(?:fuse|virtio_fs|request_wait_answer)/, 'FUSE or virtio-fs, a share that another program serves'],
  [/^(?:virtnet|start_xmit$|virtio_net)/, 'virtio-net, the network device'],
  [/^(?:virtblk|virtio_queue_rq)/, 'virtio-blk, the disks'],
  [/^(?:vp_|virtqueue|virtio_|vring)/, 'virtio, the devices of the VM'],
  [/^(?:vsock|virtio_transport|vhost_vsock)/, 'vsock'],
  [/^(?:vhost)/, 'vhost, the devices that the kernel of the host serves'],
  [/^(?:tun_|tap_)/, 'TUN/TAP, the network of the VM on the host'],
  [/^(?:vfio|iommu|intel_iommu|amd_iommu|dmar)/, 'VFIO or the IOMMU, passed-through devices'],
  [/^(?:nv_|nvidia|nvkms|rm_|os_)/, 'the NVIDIA driver'],
  [/^(?:amdgpu|drm_|i915|ttm_|simpledrm)/, 'a graphics driver'],
  [/^(?:mlx\d|ice_|i40e|ixgbe|iavf|igb|bnxt|e1000)/, 'the driver of a network card'],
  [/^nvme/, 'NVMe'],
  [/^(?:tdx|seam|snp_|sev_)/, 'confidential guests (TDX, SEV)'],
  [/^(?:kvm|vmx|svm|vcpu_|tdp_|mmu_|handle_ept|paging)/, 'KVM'],
  [/^(?:ext4|jbd2|xfs|btrfs|f2fs|erofs|squashfs|nfs|ovl|overlay|cifs|zfs)/, 'a file system'],
  [/^(?:dm_|crypt_|verity|md_|raid)/, 'device-mapper or RAID'],
  [
    /^(?:blk_|submit_bio|bio_|__blk|scsi|io_schedule|wait_on_page|folio_wait|bit_wait_io)/,
    'block devices: it waits for a disk',
  ],
  [/^(?:tpm)/, 'the TPM'],
  [/^(?:acpi|acpiphp)/, 'ACPI'],
  [/^(?:pci|pciehp|msi|__pci)/, 'PCI devices'],
  [/^(?:hugetlb|khugepaged|split_huge|do_huge|thp)/, 'huge pages'],
  [
    /^(?:balloon|virtballoon|virtio_mem|add_memory|memory_block|online_pages|offline_pages|add_pages|arch_add_memory|memremap)/,
    'memory that is added or taken away (balloon, hotplug)',
  ],
  [/^(?:userfaultfd|handle_userfault)/, 'userfaultfd, memory that another program fills'],
  [
    /^(?:shmem|__alloc_pages|alloc_pages|out_of_memory|oom_|mem_cgroup|try_to_free|shrink_)/,
    'the memory of the kernel: it was short',
  ],
  [/^(?:nf_|ipt_|nft_|br_|ovs_|tcp_|ip_|udp_|net_rx|dev_queue|neigh_)/, 'the network of the kernel'],
  [/^(?:cgroup|css_|freezer)/, 'cgroups'],
  [/^(?:fsnotify|inotify|fanotify)/, 'fsnotify, which watches files'],
  [
    /^(?:csd_lock|smp_call|flush_tlb|native_queued_spin|_raw_spin|queued_spin|rcu_|synchronize_)/,
    'locks between the processors: one waits for another',
  ],
  [/^(?:mutex_lock|__mutex|rwsem|down_(?:read|write)|schedule_preempt)/, 'a lock that another task holds'],
  [/^(?:tick|clock|hrtimer|ktime|timekeeping)/, 'timers and clocks'],
  [/^(?:uart|serial8250|tty_|n_tty|console_|hvc_|univ8250|pl011)/, 'consoles'],
]

/** "name+0x12/0x34", "[<address>] name+0x12/0x34" */
const frame =
  /(?:^|[\s\]])(?:\? )?([a-z_][a-z0-9_]{2,60})(?:\.[a-z0-9.]{1,30})?\+0x[\da-f]{1,6}\/0x[\da-f]{1,6}/

/** More parts than that are the whole way of an ordinary call. */
const maxParts = 3

/**
 * @param lines of the text
 * @returns one remark that names the parts of a call trace; none where the text has no trace, or none of a known part
 */
export const stackParts = (lines: readonly Line[]): readonly Diagnosis[] => {
  const found = new Map<string, readonly [name: string, line: Line]>()
  for (const line of lines) {
    const name =
      line.text.includes('+0x') && !/\bdetected at /.test(line.text) ? frame.exec(line.text)?.[1] : undefined
    const part = name === undefined ? undefined : parts.find(([expression]) => expression.test(name))
    if (name === undefined || part === undefined || found.has(part[1])) continue
    found.set(part[1], [name, line])
    if (found.size === maxParts) break
  }
  const [first] = found.values()
  if (first === undefined) return []
  const named = [...found].map(([part, [name]]) => `${part} (${name})`)
  return [
    {
      cause: 'unknown',
      layer: 'guest',
      severity: 'note',
      what: `By the names of its functions the call trace goes through ${named.join('; ')}.`,
      why: 'The first functions are where the kernel was, those below called them. It is the kernel of the guest where it stands on its console, else the one of the host.',
      hint: 'Leave out the device or feature of that part, or compare another release of that kernel: what then goes well tells which it is.',
      ...standingAlone,
      reference: 'https://docs.kernel.org/admin-guide/bug-hunting.html',
      confidence: 'possible',
      lines: [bare(first[1])],
    },
  ]
}
