/** Examples of each cause in whole reports: pods of Kata, Firecracker, requests and what stands around them. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'kata-guest-file-missing',
    'Warning  FailedCreatePodSandBox  11s  kubelet  Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: open /opt/kata/share/kata-containers/kata-containers.img: no such file or directory: unknown',
  ],
  [
    'kata-artifacts-disk-full',
    "copying kata artifacts onto host\ncp: error writing '/opt/kata-artifacts/opt/kata/share/kata-containers/kata-ubuntu-noble.image': No space left on device",
  ],
  [
    'kata-bus-full',
    'failed to create containerd task: failed to create shim task: QMP command failed: There is no PCI slot available: unknown',
  ],
  [
    'kata-no-space',
    'Warning  Failed  3s  kubelet  Error: failed to create containerd task: failed to create shim task: No space left on device (os error 28): unknown',
  ],
  [
    'kata-agent-ended',
    '[   12.3] systemd[1]: kata-agent.service: Main process exited, code=exited, status=1/FAILURE\ntimed out connecting to vsock 2214:1024',
  ],
  [
    'kata-debug-console',
    '$ kata-runtime exec mysandbox\nfailed to connect to debug console: CONNECT 1026: EOF',
  ],
  [
    'kata-process-not-found',
    'level=error msg="Container create failed: rpc error: code = Internal desc = Could not run process: container_linux.go:349: starting container process caused \\"no such file or directory\\"" name=containerd-shim-v2 source=containerd-kata-shim-v2',
  ],
  [
    'firecracker-socket-taken',
    'Error: RunWithApi(FailedToBindAndRunHttpServer(IOError(Os { code: 98, kind: AddrInUse, message: "Address in use" })))',
  ],
  [
    'firecracker-kvm-refused',
    '{"fault_message":"Internal error while starting microVM: Error creating KVM object: Permission denied (os error 13) Make sure the user launching the firecracker process is configured on the /dev/kvm file\'s ACL."}',
  ],
  [
    'firecracker-state-refused',
    '{"fault_message":"Loading a microVM snapshot not allowed after configuring boot-specific resources."}',
  ],
  [
    'firecracker-snapshot-unfit',
    '{"fault_message": "Load microVM snapshot error: Failed to restore from snapshot: Failed to get snapshot state from file: invalid version"}',
  ],
  [
    'firecracker-jail-left',
    "thread 'main' panicked at 'Jailer error: Failed to create /dev/net/tun via mknod inside the jail: File exists (os error 17)'",
  ],
  [
    'firecracker-jailer-refused',
    "thread 'main' panicked at 'Jailer error: Failed to change owner for /srv/jailer/firecracker/1/root/dev/kvm: Operation not permitted'",
  ],
  [
    'firecracker-api-unreached',
    'level=error msg="failed creating microvm" error="starting microvm: Put \\"http://localhost/drives/root\\": dial unix /var/lib/flintlock/vm/ns/name/01/firecracker.sock: connect: connection refused"',
  ],
  [
    'api-address-wrong',
    '$ curl -i --unix-socket /tmp/ch.sock http://localhost/vm.info\nHTTP/1.1 404\nServer: Cloud Hypervisor API\nConnection: keep-alive\nContent-Length: 0',
  ],
  [
    'snapshot-address-relative',
    'Error: ch-remote exited with the following chain of errors:\n  0: http client error\n  1: Server responded with InternalServerError\n  2: Error from API\n  3: The VM could not be snapshotted\n  4: Error parsing URL: relative URL without a base',
  ],
  [
    'kernel-bzimage-in-old-release',
    '$ cloud-hypervisor --kernel /boot/vmlinuz-5.4.0-42-generic --disk path=f.raw\nError booting VM: VmBoot(KernelLoad(Elf(InvalidElfMagicNumber)))',
  ],
  [
    'kernel-not-arm-image',
    '$ cloud-hypervisor --kernel Image.gz --disk path=focal-arm64.raw\nError booting VM: VmBoot(KernelLoad(Pe(InvalidImageMagicNumber)))',
  ],
  [
    'vfio-card-has-driver',
    '$ cloud-hypervisor --kernel k --device path=/sys/bus/pci/devices/0000:0b:00.0\n$ lspci -k -s 0b:00.0\n0b:00.0 Ethernet controller: Intel Corporation 82599ES\n\tKernel driver in use: ixgbe',
  ],
  [
    'microvm-tap-not-made',
    "systemd[1]: Starting MicroVM 'my-microvm'...\nmicrovm-run[2211]: ioctl(TUNSETIFF): Operation not permitted",
  ],
  [
    'console-shows-nothing',
    '$ cloud-hypervisor --kernel ./vmlinux --disk path=focal.raw --cmdline "console=hvc0 root=/dev/vda1 rw"\nNothing is printed. I get no console output at all.',
  ],
  [
    'cdi-volume-full',
    '$ kubectl logs importer-dv\nUnable to process data: Unable to transfer source data to target file: unable to write to file: No space left on device',
  ],
  [
    'kubevirt-migration-stuck',
    'm1  Failed  testvm\n  Migration failed: Live migration stuck for 150 sec and has been aborted',
  ],
  [
    'kubevirt-state-refused',
    '$ virtctl start testvm\nError starting VirtualMachine Operation cannot be fulfilled on virtualmachine.kubevirt.io "testvm": VM is already running or start in progress',
  ],
  [
    'disk-locked',
    'failed to hotplug block device &{File:/dev/dm-3} error: 500 reason: ["Error from API","The disk could not be added to the VM","Error from device manager","Error locking disk images: Another instance likely holds a lock"]',
  ],
  [
    'request-resize-disk',
    '$ ch-remote --api-socket /tmp/ch.sock resize-disk --disk _disk0 --size 20G\nguest$ lsblk\nvda 10G',
  ],
  [
    'kata-share-not-bound',
    'ctr: Could not bind mount /run/kata-containers/shared/sandboxes/t/mounts to /run/kata-containers/shared/sandboxes/t/shared: no such file or directory: unknown',
  ],
  ['console-tty-twice', 'Error parsing config: Validation(DoubleTtyMode)'],
  [
    'mshv-device-denied',
    'Failed to create hypervisor: HypervisorCreate(Permission denied (os error 13))\n$ ls -l /dev/mshv\ncrw------- 1 root root 10, 124 Mar  2 10:00 /dev/mshv',
  ],
  [
    'tdx-not-built',
    'Error: Cloud Hypervisor exited with the following chain of errors:\n  0: Failed to parse command line\n  1: Unknown options: tdx',
  ],
  [
    'virtiofsd-arguments',
    "/usr/libexec/virtiofsd: error: Found argument '--daemonize' which wasn't expected, or isn't valid in this context\nUSAGE: virtiofsd [FLAGS] [OPTIONS]",
  ],
]

export const vmmReports = printed(texts)
