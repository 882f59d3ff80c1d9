/** What stands around a request or a command and decides over its reason: addresses, kinds of files, drivers. */
import { type Cause, doc } from '../../cause.ts'
import { flagOf } from '../../evidence.ts'

export const aroundRequests: readonly Cause[] = [
  {
    id: 'api-address-wrong',
    line: [/^(?:< )?HTTP\/1\.[01] 404\b/],
    needs: ({ says }) =>
      says(/https?:\/\/[\w.]{1,40}\/(?:vmm?\.[a-z-]{2,20}|(?!api\/v1\/)[\w/]{0,20}vmm?\.[a-z])/) &&
      !says(/\/api\/v1\/vmm?\./),
    what: 'The API answered 404, because the address lacks /api/v1/.',
    why: 'All requests of Cloud Hypervisor stand below /api/v1: vmm.ping, vm.create, vm.boot, vm.info and so on. The VMM runs and answers.',
    hint: '`curl --unix-socket SOCKET http://localhost/api/v1/vm.info`; GET for vmm.ping, vm.info and vm.counters, PUT (-X PUT) for the others; or `ch-remote --api-socket SOCKET info`.',
    reference: doc('api.md'),
    confidence: 'likely',
  },
  {
    id: 'snapshot-address-relative',
    patterns: [
      ['relative URL without a base'],
      ['RelativeUrlWithoutBase'],
      [
        /Unable to (?:find|retrieve) (?:the )?(?:URL scheme|path from URL)|InvalidVmSnapshotUrl|UnsupportedUrl/,
      ],
    ],
    line: [/relative URL without a base/],
    needs: ({ says }) => says(/snapshot|restore|migration|cloud-hypervisor|ch-remote/i),
    what: 'The address of the snapshot (or migration) is no URL: it was given as a bare path.',
    why: 'Snapshots are written to and read from file:// with an absolute path; a migration goes to tcp:HOST:PORT or unix:PATH.',
    hint: '`mkdir -p /srv/snap && ch-remote --api-socket SOCKET snapshot file:///srv/snap` (three slashes, the VM paused before); to restore `cloud-hypervisor --restore source_url=file:///srv/snap`.',
    reference: doc('snapshot_restore.md'),
    confidence: 'likely',
  },
  {
    id: 'kernel-bzimage-in-old-release',
    patterns: [['KernelLoad(', /Elf\(\w*(?:InvalidElfMagicNumber|ReadElfHeader)/]],
    needs: (evidence) => /vmlinuz|bzImage/.test(flagOf(evidence, 'kernel') ?? ''),
    what: 'The kernel {kernel|of the command} is a compressed bzImage, and this release takes only an uncompressed ELF kernel (vmlinux) with PVH.',
    why: 'The vmlinuz of a distribution is a bzImage; Cloud Hypervisor loads those from release 39 on. The error names ELF alone, as the releases before did.',
    hint: 'Use a newer Cloud Hypervisor; or take the ELF out: `/usr/src/linux-headers-$(uname -r)/scripts/extract-vmlinux /boot/vmlinuz-$(uname -r) > vmlinux`; or boot the disk through its own loader with `--firmware hypervisor-fw`.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  {
    id: 'kernel-not-arm-image',
    patterns: [['KernelLoad(', /\bPe\(/], [/Invalid (?:Image|PE) magic number/]],
    line: [/^\s*(?:\d: )?Invalid (?:Image|PE) magic number$/],
    what: 'On arm64 the kernel must be an uncompressed "Image", and {kernel|the file given} is none.',
    why: 'Image.gz, vmlinuz and the EFI-compressed kernels of distributions are compressed; vmlinux is ELF, which is for x86_64 only. Firmware (CLOUDHV_EFI.fd) goes with --firmware in recent releases.',
    hint: '`file KERNEL` must say "Linux kernel ARM64 boot executable Image"; a compressed one: `gunzip -c Image.gz > Image` (`zcat /boot/vmlinuz-… > Image`), from the sources `make ARCH=arm64 Image` (arch/arm64/boot/Image).',
    reference: doc('arm64.md'),
    confidence: 'likely',
  },
  {
    id: 'vfio-card-has-driver',
    line: [
      /Kernel driver in use: (?<driver>nvidia|nouveau|amdgpu|radeon|i915|xe|snd_hda_intel|xhci_hcd|nvme|ahci|ixgbe|igb|igc|e1000e?|mlx[45]_core|bnxt_en|i40e|ice|r8169|tg3|qat_4xxx|iwlwifi)$/,
    ],
    needs: ({ says, text }) =>
      says(
        /Vfio(?:Pci)?Create|Vfio\w*\(|VFIO (?:PCI )?device|--device path=|add-device|\/dev\/vfio|vfio-pci|hot_plug_vfio|cold_plug_vfio|passthrough|pass through/i,
      ) &&
      !says(/Kernel driver in use: vfio-pci/) &&
      /driver in use/.test(text),
    what: 'The card that is to be passed through still belongs to the driver {driver|of the host}: it is not bound to vfio-pci.',
    why: 'VFIO offers /dev/vfio/GROUP only once vfio-pci has the device (and each other one of its IOMMU group).',
    hint: '`sudo modprobe vfio-pci; echo vfio-pci | sudo tee /sys/bus/pci/devices/ADDRESS/driver_override; echo ADDRESS | sudo tee /sys/bus/pci/devices/ADDRESS/driver/unbind; echo ADDRESS | sudo tee /sys/bus/pci/drivers_probe` (or `driverctl set-override ADDRESS vfio-pci`); for each start vfio-pci.ids=VENDOR:DEVICE in /etc/modprobe.d or the command line of the kernel. Stop what uses a GPU first (display manager, nvidia-persistenced).',
    check: 'vfio',
    reference: doc('vfio.md'),
    confidence: 'likely',
  },
  {
    id: 'console-shows-nothing',
    severity: 'note',
    line: [
      /\b(?:no|not any|without any|don'?t (?:see|get) any|do not (?:see|get) any|never (?:see|get) any) (?:\w+ ){0,3}(?:console|serial|kernel|boot|login)? ?(?:output|prompt|messages?)\b|\b[Nn]othing (?:is |gets |was )?(?:printed|shown|displayed|happens|appears)\b|\b(?:blank|black|empty) (?:console|screen|terminal)\b|\b(?:console|screen|terminal) (?:stays|is|remains) (?:blank|black|empty)\b|keine Ausgabe/i,
    ],
    needs: ({ command, says }) =>
      command !== null &&
      says(/\bconsole=(?:hvc0|ttyS0|ttyAMA0)|--(?:serial|console)\b|--(?:kernel|firmware)\b/) &&
      !says(/\b(?:Error|ERROR|error|Failed|panicked|panic)\b/),
    what: 'The VM runs, and nothing is seen on its console: no error stands in the text.',
    why: 'The guest writes to the console that its kernel is told (console=): hvc0 is --console and needs virtio_console in the kernel, which early messages and firmware do not use; ttyS0 (ttyAMA0 on arm64) is --serial, off by default. Only one of both may have the terminal. A kernel without these drivers, or one that ends before the console is up, is silent, too.',
    hint: 'Use the serial port: `--serial tty --console off` with `--cmdline "console=ttyS0 earlyprintk=ttyS0 root=/dev/vda1"` (arm64: console=ttyAMA0); with firmware set console=ttyS0 in the GRUB of the image. `--debug-console`, and the image as raw with the right root=, come next.',
    reference: doc('debug-port.md'),
    confidence: 'possible',
  },
  {
    id: 'microvm-tap-not-made',
    line: [/ioctl\(TUNSETIFF\)|could not (?:open|configure) \/dev\/net\/tun/],
    needs: ({ says }) => says(/\bmicrovm(?:@|-run\b)|microvm\.nix|Starting MicroVM /),
    what: 'The VM of microvm.nix could not make or use its TAP.',
    why: 'As a service its user has no right to make one: the unit microvm-tap-interfaces@NAME makes it before the start, for an interface of type "tap" whose id is the name of the TAP. Started by hand (`nix run`, result/bin/microvm-run) nobody does.',
    hint: '`systemctl status microvm-tap-interfaces@NAME`; by hand first `sudo ip tuntap add ID mode tap user $USER && sudo ip link set ID up` (for several queues with multi_queue), with the id of microvm.interfaces (15 characters at most).',
    reference: 'https://microvm-nix.github.io/microvm.nix/interfaces.html',
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-arguments',
    layer: 'socket',
    line: [
      /^(?:\S{0,80}virtiofsd: )?error: (?:[Ff]ound argument|unexpected argument) '(?<argument>-[^']{1,60})'.{0,60}/,
      /virtiofsd: unrecognized option '(?<argument>[^']{1,60})'/,
      /virtiofsd: (?:unknown option|invalid option)/,
    ],
    needs: ({ text, says }) =>
      /virtiofsd: /.test(text) ||
      says(/^\s*(?:USAGE|Usage): ?(?:\S{0,80}\/)?virtiofsd\b/) ||
      (says(/\bvirtiofsd .{0,300}(?:-o |--socket-path|--fd)/) && !says(/cloud-hypervisor/)),
    what: 'virtiofsd does not know the argument {argument|that it was given}.',
    why: 'There are two: the one in C that came with QEMU (options with -o, up to QEMU 7) and the one in Rust (--shared-dir, --sandbox, --cache), and releases of the latter differ.',
    hint: 'See `virtiofsd --version` and `virtiofsd --help`; for the Rust one: `virtiofsd --socket-path=FILE --shared-dir=DIR --cache=never`, without --daemonize (put & behind it, or use a unit of systemd).',
    reference: 'https://gitlab.com/virtio-fs/virtiofsd/-/blob/main/README.md',
    confidence: 'likely',
  },
]
