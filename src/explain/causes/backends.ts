/** What the programs say that serve devices of a VM (SPDK, Open vSwitch, passt, swtpm), each with its reasons. */
import { type Cause, doc } from '../cause.ts'

export const backends: readonly Cause[] = [
  {
    id: 'spdk-buffers-few',
    line: [/Failed to populate iobuf (?<pool>small|large) buffer cache/],
    what: 'SPDK has too few {pool|} buffers for its devices and threads. It is the back-end of the disk, not Cloud Hypervisor.',
    why: 'Each thread and device keeps some buffers of a pool of fixed size (iobuf); with one device more the pool is empty.',
    hint: 'Make the pool larger: iobuf_set_options with a larger {pool|large}_pool_count before the subsystems start; scripts/calc-iobuf.py of SPDK computes it.',
    reference: 'https://spdk.io/doc/jsonrpc.html',
    confidence: 'likely',
  },
  {
    id: 'spdk-memory-unfit',
    line: [
      /Guest memory size is not a 2MB multiple/,
      /vhost_session_mem_register: \*WARNING\*: (?<words>Failed to register memory region \d+)/,
    ],
    what: 'SPDK cannot use the memory of the guest for its disk ({words|a region is no multiple of 2 MiB}). It is the back-end of the disk, not Cloud Hypervisor.',
    why: 'It translates and registers the memory in pages of 2 MiB: that of the guest must be huge pages, shared, and a multiple of their size. With an IOMMU a limit on locked or mapped memory refuses it, too.',
    hint: 'Start the VM with `--memory size=1024M,hugepages=on,shared=on`, of a size that 2 MiB divides, with enough huge pages for SPDK and the guest.',
    reference: doc('vhost-user-blk-testing.md'),
    confidence: 'likely',
  },
  {
    id: 'spdk-request-refused',
    line: [
      /vhost\w{0,12}\.c:?.{0,40}\*ERROR\*: (?<words>(?!vhost device \d+: Guest memory).{1,160})/,
      /rpc\S{0,20}: .{0,40}Code=-?\d+ Msg=(?<words>.{1,120})/,
      /JSONRPCException.{0,40}(?<words>Got JSON-RPC error response|.{1,100})/,
    ],
    needs: ({ says }) => says(/spdk|vhost_blk|vhost\.c|bdev/i),
    what: 'SPDK refused a request or met an error in its vhost part: {words|see the message}. It is the back-end of the disk, not Cloud Hypervisor.',
    why: 'A controller or bdev of that name is not there or exists already, the core mask does not lie in that of the application, or the socket directory (-S) is another one. Without a controller the VM has no socket to connect to.',
    hint: '`scripts/rpc.py vhost_get_controllers` and `bdev_get_bdevs` list what there is; make the bdev first, then `vhost_create_blk_controller --cpumask 0x1 vhost.1 BDEV`, then start the VM with that socket and `--memory …,shared=on`.',
    reference: doc('vhost-user-blk-testing.md'),
    confidence: 'likely',
  },
  {
    id: 'openvswitch-port-old',
    severity: 'note',
    line: [/netdev_dpdk\|WARN\|dpdkvhostuser ports are considered deprecated/],
    what: 'Open vSwitch says that ports of the type dpdkvhostuser are old (deprecated): nothing failed.',
    why: 'With dpdkvhostuser the switch makes the socket and the VM connects to it; a switch that is restarted then loses its VMs. With dpdkvhostuserclient it is the other way round.',
    hint: 'Use `type=dpdkvhostuserclient options:vhost-server-path=SOCKET` and, for the VM, `--net vhost_user=true,socket=SOCKET,vhost_mode=server`.',
    reference: doc('vhost-user-net-testing.md'),
    confidence: 'likely',
  },
  {
    id: 'openvswitch-failed',
    line: [
      /ovs-vsctl: (?<words>(?=.{0,160}(?:[Ee]rror|[Cc]annot|[Cc]ould not|no (?:bridge|port|row)|not (?:found|open)|unix:|already exists)).{1,160})/,
      /netdev_dpdk\|ERR\|(?<words>.{1,160})/,
      /netdev_dpdk\|WARN\|(?<words>(?=.{0,160}(?:[Ff]ail|[Cc]annot|[Cc]ould not|[Uu]nable)).{1,160})/,
      /ovs-vswitchd\S{0,12}\|(?:ERR|EMER)\|(?<words>.{1,160})/,
    ],
    what: 'Open vSwitch could not set up the port of the VM: {words|see the message}.',
    why: 'It was built or started without DPDK (other_config:dpdk-init), has no huge pages on that node, or the path of the socket is not writable or stale. With dpdkvhostuserclient the VM is the server of the socket (vhost_mode=server in --net), with dpdkvhostuser the switch is.',
    hint: 'Read ovs-vswitchd.log and `ovs-vsctl show`; `ovs-vsctl get Open_vSwitch . dpdk_initialized` must say true; see `grep -i huge /proc/meminfo`, and give the guest `--memory …,shared=on`.',
    reference: doc('vhost-user-net-testing.md'),
    confidence: 'likely',
  },
  {
    id: 'passt-not-connected',
    line: [
      /(?:Failed to|could not|cannot|unable to) connect to (?:the )?passt\b.{0,80}|\bpasst\b.{0,80}: [Cc]onnection refused|[Cc]onnection refused.{0,20} passt\b/,
      /\bpasst\S{0,10}: (?<words>(?:UNIX socket bind|Failed to|Couldn't|No (?:external|routable|interfaces)).{1,120})/,
    ],
    what: 'passt, the user-mode network of the VM, is not reached or did not start: {words|see the message}.',
    why: 'passt must run before the VM, with --vhost-user and the same socket path, and as the same user; it ends when its VM ends (unless started otherwise). AppArmor or SELinux may forbid the path.',
    hint: '`passt --vhost-user --socket FILE -f` on a terminal shows what it says; then start the VM with `--net vhost_user=true,socket=FILE` and `--memory …,shared=on`.',
    reference: 'https://passt.top/passt/about/',
    confidence: 'likely',
  },
  {
    id: 'swtpm-failed',
    line: [
      /\bswtpm(?:_setup)?\b\S{0,12}:? (?<words>(?:Could not|SWTPM_.{0,80}(?:[Ee]rror|[Ff]ail|[Cc]ould not|[Cc]annot)|Error|Need to|Failed|Cannot|.{0,40}[Ll]ock).{0,160})/,
    ],
    errnos: [1, 2, 11, 13, 17, 20, 98],
    what: 'swtpm, which plays the TPM of the VM, did not start: {words|see the message}.',
    why: 'The directory of its state (--tpmstate dir=) or of its socket (--ctrl path=) is not there or belongs to another user, or another swtpm holds the lock of that state.',
    hint: 'Make the directory as that user, end the other swtpm (`pgrep -a swtpm`), and start it before the VM: `swtpm socket --tpm2 --tpmstate dir=DIR --ctrl type=unixio,path=SOCKET`; the VM gets `--tpm socket=SOCKET`.',
    reference: 'https://github.com/stefanberger/swtpm/wiki',
    confidence: 'likely',
  },
  {
    id: 'dpdk-no-hugepages',
    line: [
      /EAL: (?:No available|No free) (?:(?<size>\d+ kB) )?hugepages\b/,
      /EAL: (?:FATAL: )?Cannot get hugepage information/,
    ],
    // It went on with pages of another size.
    needs: ({ says }) => !says(/EAL: (?:Selected IOVA mode|Probe PCI driver|VFIO support initialized)/),
    what: 'DPDK (or SPDK) found no huge pages on this host {size|}.',
    why: 'It takes its memory from them; none are reserved, another program (a VM with hugepages=on) has them, or hugetlbfs is not mounted. A size that is not reserved is only a note where another size is.',
    hint: '`grep -i huge /proc/meminfo`, `sudo sysctl vm.nr_hugepages=1024`, `mount | grep huge`; files that an earlier run left in /dev/hugepages hold pages.',
    check: 'memory',
    reference: 'https://doc.dpdk.org/guides/linux_gsg/sys_reqs.html',
    confidence: 'likely',
  },
]
