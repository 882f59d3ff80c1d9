/** What virt-install, virt-manager and virt-viewer say before and after they ask libvirt. */
import type { Cause } from '../../cause.ts'

const manual = 'https://github.com/virt-manager/virt-manager/blob/main/man/virt-install.rst'

export const virtInstall: readonly Cause[] = [
  {
    id: 'virt-install-os-unknown',
    line: [
      /--os-variant\/--osinfo OS name is required\b/,
      /\bUnknown OS name '(?<name>[^']{1,60})'/,
      /\bDistro '(?<name>[^']{1,60})' does not exist in our dictionary\b/,
    ],
    what: 'virt-install needs a known name of the system of the guest ({name|none was given or found}).',
    why: 'It chooses devices by it. The name is not in the list of this release (osinfo-db is older than the system), or the image does not tell what it holds.',
    hint: '`virt-install --osinfo list` (or `osinfo-query os`) shows the names; take the nearest older one, update osinfo-db, or use `--osinfo detect=on,require=off`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-install-location',
    line: [
      /\bCould not find an installable distribution at (?:URL )?'?(?<tree>[^'\n]{1,160})/,
      /\bCouldn't find (?:hvm |xen )?kernel for .{1,60} tree\b/,
      /\bError validating install location\b/,
    ],
    what: 'virt-install found no kernel and initrd to install from at {tree|the place that --location names}.',
    why: '--location takes an installation tree (the address of a release with .treeinfo or dists/) or an installer ISO with a known layout. Live ISOs (Ubuntu 20.04 and newer) are not recognised without naming the files, and a running cloud image is no installer.',
    hint: 'For an ISO: `--location FILE.iso,kernel=casper/vmlinuz,initrd=casper/initrd`, or `--cdrom FILE.iso`; for a cloud image `--import --disk FILE --cloud-init …`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-install-path-closed',
    severity: 'warning',
    line: [
      /may not be accessible by the hypervisor\. You will need to grant the '(?<user>[^']{1,40})' user search permissions/,
    ],
    what: 'The user {user|of QEMU} under which the VM runs cannot pass the directory of that file: it may fail to start with "Permission denied".',
    why: 'Home directories are closed to other users (mode 0700 or 0750).',
    hint: 'Move the file to /var/lib/libvirt/images, or let that user through: `sudo setfacl -m u:libvirt-qemu:x /home/USER` (Fedora, RHEL: user qemu).',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-install-no-viewer',
    severity: 'note',
    line: [
      /\bUnable to connect to graphical console: virt-viewer not installed\b/,
      /\bNo console to launch for the guest, defaulting to --wait -1/,
      /\bGraphics requested but DISPLAY is not set\. Not running virt-viewer/,
    ],
    what: 'virt-install shows no console and waits: the VM itself runs.',
    why: 'virt-viewer is not installed, there is no desktop (DISPLAY is not set), or the guest has neither graphics nor a text console.',
    hint: 'Add `--graphics none --console pty,target_type=serial` (and `console=ttyS0` for the guest), `--noautoconsole`, or install virt-viewer; `virsh console NAME` connects later.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-install-memory',
    line: [/\bRequested memory is greater than maximum host memory\b/],
    what: 'The guest is to have more memory than the host has.',
    why: '--memory (and --ram) counts in MiB: 4096 is 4 GiB.',
    hint: 'Lower it; `free -m` shows what the host has.',
    check: 'memory',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-install-disk',
    line: [
      /\bSize must be specified for non existent volume '(?<file>[^']{1,120})'/,
      /\bMust specify storage creation parameters for non-existent path '(?<file>[^']{1,160})'/,
      /\bDisk (?<file>\/\S{1,160}) is already in use by other guests\b/,
      /\bError: --disk .{1,160}: .{0,40}(?:must be specified|does not exist|doesn't exist|already in use|not a directory)/,
    ],
    what: 'virt-install does not take the disk {file|that --disk names}.',
    why: '"Size must be specified": the file is not there (misspelt, or in another directory) and should be made. "already in use": another domain, perhaps one that is shut off, has the same file; both at once would destroy it.',
    hint: 'Check the path; give `size=20` (GiB) for a new one; for another VM make a copy or an overlay (`qemu-img create -f qcow2 -b BASE -F qcow2 NEW`), or remove the old domain (`virsh list --all`).',
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-install-no-method',
    line: [
      /\bAn install method must be specified\b|\bAt least one of .{0,60}--import.{0,40}must be specified/,
    ],
    what: 'virt-install was not told from what the guest starts.',
    why: 'One of --cdrom, --location, --pxe, --import or --boot is needed.',
    hint: 'A ready image (cloud image): `--import --disk FILE,bus=virtio`; an installer: `--cdrom FILE.iso`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'virt-viewer-refused',
    line: [
      /\b(?:spice|vnc)\b.{0,60}\b(?:Could not|Unable to|Failed to) connect to \S{1,80}/i,
      /\bUnable to connect to the graphic server\b/i,
    ],
    needs: ({ says }) => says(/spice|vnc|virt-viewer|remote-viewer|virt-manager|graphic server/i),
    what: 'The viewer did not reach the display (VNC, spice) of a QEMU VM.',
    why: 'The VM has ended or has no such display, it listens on 127.0.0.1 of the host alone, or a firewall is between. Cloud Hypervisor has neither VNC nor spice.',
    hint: '`virsh domdisplay NAME` shows the address; from another machine `virt-viewer -c qemu+ssh://USER@HOST/system NAME` or `ssh -L 5900:127.0.0.1:5900 HOST`. With Cloud Hypervisor use the serial console, ssh, or RDP or VNC inside of the guest.',
    reference: manual,
    confidence: 'likely',
  },
]
