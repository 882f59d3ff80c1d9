/** Texts in which nothing may be found: healthy runs, and the errors of other programs. */
export const negatives: Readonly<Record<string, string>> = {
  'a healthy boot': `Ubuntu 24.04.1 LTS cloud ttyS0

cloud login: cloud
Password:
Welcome to Ubuntu 24.04.1 LTS (GNU/Linux 6.8.0-45-generic x86_64)
`,
  firecracker: `2026-11-23T12:00:00.000000000 [anonymous-instance:main:ERROR:src/firecracker/src/main.rs:83] RunWithoutApiError error: Failed to build MicroVM from Json: Error creating KVM object: No such file or directory (os error 2)
Error: RunWithoutApi(BuildMicroVMFromJson(StartMicroVM(Kvm(Error(2)))))
`,
  crosvm: `[ERROR:src/crosvm/sys/linux.rs:2000] exiting with error 1: the architecture failed to build the vm: failed to open kernel image: No such file or directory
`,
  cargo: `error[E0308]: mismatched types
  --> server/src/api/http/mod.rs:330:26
error: could not compile \`server\` (lib) due to 1 previous error
`,
  'another clap program': `error: unexpected argument '--foo' found

Usage: virtiofsd [OPTIONS]

For more information, try '--help'.
`,
  'a Rust panic of another program': `thread 'main' panicked at src/main.rs:4:5:
index out of bounds: the len is 3 but the index is 5
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
`,
  'a backtrace': `stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
   2: myprogram::main
`,
  'ip address': `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP group default qlen 1000
3: vm-tap0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc fq_codel state DOWN group default qlen 1000
`,
  shell: `bash: foo: command not found
ls: cannot access '/nope': No such file or directory
cp: cannot open 'x' for reading: Permission denied
mkdir: cannot create directory 'a': File exists
`,
  'an installation that went well': `Reading package lists... Done
Building dependency tree... Done
The following NEW packages will be installed:
  mtools
0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.
Need to get 0 B/373 kB of archives.
Unpacking mtools (4.0.33-1+really4.0.32-1) ...
Setting up mtools (4.0.33-1+really4.0.32-1) ...
`,
  'kernel log': `[    0.000000] Linux version 6.1.0-18-amd64
[    1.000000] kvm: Nested Virtualization enabled
[    1.100000] SVM: kvm: Nested Paging enabled
[   12.345678] audit: type=1400 audit(1700000000.000:2): apparmor="STATUS" operation="profile_load"
`,
  'sshd journal': `Nov 23 12:00:00 host sshd[812]: Failed password for invalid user admin from 203.0.113.5 port 2222 ssh2
Nov 23 12:00:01 host sshd[812]: error: kex_exchange_identification: Connection closed by remote host
`,
  'out of memory, another program': `[12345.678901] Out of memory: Killed process 999 (firefox) total-vm:8400000kB
`,
  python: `Traceback (most recent call last):
  File "x.py", line 1, in <module>
FileNotFoundError: [Errno 2] No such file or directory: 'x'
`,
  java: `Exception in thread "main" java.lang.NullPointerException
	at com.example.Main.main(Main.java:5)
`,
  node: `Error: listen EADDRINUSE: address already in use :::8080
    at Server.setupListenHandle [as _listen2] (node:net:1463:16)
`,
  prose: `Cloud Hypervisor is an open source Virtual Machine Monitor that runs on top of the KVM hypervisor.
To boot a VM you need a kernel or a firmware, a disk image, and a TAP device with an address.
`,
  numbers: `0: one
1: two
2: three
`,
  yaml: `#cloud-config
users:
  - name: cloud
    lock_passwd: false
`,
  'a healthy guest kernel': `[    0.1] rcu: Hierarchical RCU implementation.
[    0.1] rcu: 	RCU event tracing is enabled.
[    1.2] NMI watchdog: Enabled. Permanently consumes one hw-PMU counter.
[    0.3] watchdog: Delayed init of the lockup detector failed: -19
EFI stub: Loaded initrd from LINUX_EFI_INITRD_MEDIA_GUID device path
`,
  'a guest without nested virtualisation': `[    0.000000] Hypervisor detected: KVM
[    0.080000] kvm: no hardware support
[    0.090000] i8042: No controller found
[    0.100000] mce: Unable to init MCE device (rc: -5)
[    0.140000] cfg80211: failed to load regulatory.db
`,
  'a host that is in order': `[    0.1] EDAC MC0: Giving out device to module i10nm_edac controller Intel_10nm Socket#0 IMC#0
[    0.2] mce: CPU supports 32 MCE banks
[    0.3] Spectre V2 : Mitigation: Enhanced / Automatic IBRS
[    0.4] DMAR-IR: Enabled IRQ remapping in x2apic mode
[    0.5] pci 0000:00:1c.0: AER: enabled with IRQ 122
[    0.6] HugeTLB: registered 1.00 GiB page size, pre-allocated 8 pages
[    0.7] kvm_amd: SEV enabled (ASIDs 100 - 509)
[    0.8] virt/tdx: module initialized
[    0.9] Out of memory: Killed process 991 (firefox) total-vm:123kB
[    1.0] type=AVC msg=audit(1.3:412): avc:  granted  { execute } for  pid=3120 comm="sh"
bash: /etc/hosts: Permission denied
chown: changing ownership of '/data/disk.img': Operation not permitted
modprobe: FATAL: Module dummy_hcd not found in directory /lib/modules/6.8.0
nginx.service: Failed with result 'timeout'.
`,
  'an IOMMU that is on': `[    0.5] DMAR: No ATSR found
[    0.5] DMAR: No SATC found
[    0.5] DMAR: Intel(R) Virtualization Technology for Directed I/O
`,
  'a network card of a host': `kernel: NETDEV WATCHDOG: enp3s0 (igb): transmit queue 2 timed out
ping: sendmsg: No buffer space available
`,
  'other sandboxes': `runsc: sandbox exited unexpectedly: exit status 128
The GPU sandbox terminated unexpectedly
VirtualBox: guest has shut down unexpectedly
client_loop: send disconnect: Broken pipe
`,
  'vsock of Firecracker': `2024-01-01T00:00:00 [vm:fc_vcpu 0:ERROR] vsock: connection reset by peer
`,
  'services of docker compose': `web-1 exited with code 137
db-1 exited with code 139
`,
  'a tool for EFI variables': `error: could not set EFI variables: invalid argument
`,
  'events of another program': `{"event": "panic", "service": "web"}
  "event": "panic",
`,
  'programs around a VM that make progress': `virtiofsd --rlimit-nofile=1048576 --socket-path=/tmp/s --shared-dir /srv
virtiofsd: capset ok; dropping capabilities: done
cryptsetup: vda3_crypt: set up successfully
[libkvmplat] <setup.c @ 12> Entering from KVM (x86)...
U-Boot 2023.01
FreeBSD/amd64 EFI loader, Revision 1.1
`,
  'records of progress': `level=info msg="Write vfio-pci to driver_override" source=virtcontainers
level=debug msg="Stop container ab12 with signal 7"
level=debug msg="Ignoring signal 7"
level=info msg="Enabling TDX guest protection"
level=debug msg="StatsCollector: failed to fetch container metrics"
mem_agent_loop wait timeout 5s
FC Request(12) in state 3 aborted
cloud-hypervisor:   1.2s: <vmm> INFO:vmm/src/vm.rs:312 -- TDX capabilities 7
130987 3504 boot_cmd abort 1111858191 1 Command has been aborted
`,
  'routes and pings that work': `PING 192.168.249.2 (192.168.249.2) 56(84) bytes of data.
64 bytes from 192.168.249.2: icmp_seq=1 ttl=64 time=0.310 ms
3 packets transmitted, 3 received, 0% packet loss, time 2003ms
usb 2-1: firmware upload FAILED
`,
  'another monitor, its API': `{"fault_message":"Load snapshot error: Failed to load guest memory"}
Error: PUT http://localhost/snapshot/load: 400
`,
}

/** Those of them in which nothing failed, or nothing that a person would look for. */
export const healthy: readonly string[] = [
  'a healthy boot',
  'ip address',
  'an installation that went well',
  'kernel log',
  'prose',
  'numbers',
  'yaml',
  'a healthy guest kernel',
  'a guest without nested virtualisation',
  'an IOMMU that is on',
  'programs around a VM that make progress',
]
