/** What GRUB prints before it stops at a prompt, by the kind of thing that it did not find or accept. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const manual = 'https://www.gnu.org/software/grub/manual/grub/grub.html'
const byHand =
  'At the prompt: `ls`, then `ls (hd0,gpt2)/` until the one with /boot shows, `set root=(hd0,gpt2)`, `set prefix=(hd0,gpt2)/boot/grub` (Fedora, RHEL: /boot/grub2), `insmod normal`, `normal`.'
const reinstall =
  'In the started system (or a chroot of the mounted image) `grub-install` and `update-grub` make it lasting (Fedora, RHEL: `grub2-mkconfig -o /boot/grub2/grub.cfg`, and the packages grub2-efi-x64 and shim-x64 anew).'
const directly = 'Or boot its kernel directly with --kernel, --initramfs and --cmdline.'

/** Newer releases name the place in their source. */
const error = (words: string): RegExp => new RegExp(String.raw`^error: (?:\S{0,120}:\d{1,5}: ?)?${words}`)

/** Words that no other program puts behind "error:". */
const own =
  /grub-core|grub_|[\da-f]{4}-[\da-f]{4}|can't find command|blscfg|linuxefi|^error: (?:unknown filesystem|no such partition|invalid magic number|no symbol table)\.?$|ELF magic|XFS|inode->/

const isGrub = ({ text, says }: Evidence): boolean =>
  own.test(text) || says(/grub|\(hd\d|`hd\d|lvmid|vmlinuz|Press any key to continue|Booting `/i)

export const grub: readonly Cause[] = [
  {
    id: 'grub-own-modules-missing',
    line: [
      error(String.raw`file [\`'‘]?(?<file>/\S{0,120}\.mod)['’]? (?:is )?not found`),
      error('(?<file>/\\S{1,120}\\.mod) not found'),
      error("(?:variable )?[`']?prefix[`']? (?:is not|isn't) set"),
    ],
    what: 'GRUB started and does not find its own modules ({file|the directory boot/grub}), so it stops in its rescue shell.',
    why: 'The path that was built into it at grub-install (its prefix) no longer fits: /boot/grub was removed or not copied, the partition has another number than before (repartitioned, cloned, restored), or the loader on the EFI partition belongs to another installation.',
    hint: `${byHand} ${reinstall}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-versions-differ',
    line: [
      error("symbol [`'‘](?<symbol>\\w{3,60})['’] not found"),
      error('(?:no symbol table|invalid arch-independent ELF magic|invalid arch-dependent ELF magic)'),
      error('relocation 0x[\\da-f]{1,8} is not implemented'),
    ],
    needs: isGrub,
    what: 'The core of GRUB and its modules in /boot/grub are of different versions or platforms.',
    why: 'The module wants {symbol|something} of the core, and that is another one. An update wrote the modules and not the core that is booted (mostly because grub-install goes to another disk or EFI partition than the one that the machine starts from), or the modules are damaged (a disk that was cut off while they were written).',
    hint: `Start the system in another way (a rescue image, the kernel directly, \`--kernel\`), then install GRUB onto the disk that is booted: \`grub-install /dev/vda\` (BIOS) or with the EFI partition mounted at /boot/efi; on Debian and Ubuntu \`dpkg-reconfigure grub-pc\` asks for that disk. ${reinstall}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-device-missing',
    line: [
      error('no such device: (?<device>[^\\s.]{2,80})'),
      error("disk [`'‘](?<device>(?:lvm|md|mduuid|lvmid|hd\\d|cryptouuid)[^'’]{0,160})['’] not found"),
      error('no such partition'),
    ],
    needs: isGrub,
    what: 'GRUB looks for a disk, partition or file system {device|} that it does not see.',
    why: 'A name with dashes is the UUID of a file system. It is another one now: the image was repartitioned, cloned, restored or formatted anew after GRUB was configured; or the disk with it was not given to the VM (a second disk, a part of an LVM volume or RAID), or GRUB lacks the module to read it (lvm, part_gpt).',
    hint: `See in the guest or on the mounted image which UUID there is (\`blkid\`), and give the VM all the disks of the system. ${byHand} ${reinstall}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-file-system-unknown',
    line: [
      error('unknown filesystem'),
      error('(?:unsupported|compression algorithm).{0,40}(?:compression|not supported)'),
      error('not a correct XFS inode|^error: (?:\\S{0,120}:\\d{1,5}: ?)?invalid XFS directory entry'),
    ],
    needs: isGrub,
    what: 'GRUB sees the partition and cannot read its file system.',
    why: 'Usual are features that are newer than this GRUB: ext4 with metadata_csum_seed or orphan_file (e2fsprogs 1.47), XFS with bigtime, inobtcount or nrext64, new ZFS or Btrfs features; else the partition moved or was resized so that GRUB looks at the wrong place, or the file system is damaged. The kernel itself may read it all the same.',
    hint: `\`ls (hd0,gpt2)/\` for each partition that \`ls\` lists shows which one it can read. Make /boot a plain file system (\`mkfs.ext4 -O ^metadata_csum_seed,^orphan_file\`, or \`tune2fs -O ^…\` while it is not mounted; for XFS \`mkfs.xfs -i bigtime=0,nrext64=0\`), or install a newer GRUB. ${directly}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-signature-refused',
    line: [
      error('(?<words>bad shim signature|shim_lock protocol not found|prohibited by secure boot policy)'),
      error('(?<words>verification requested but nobody cares)'),
      error('(?<words>Secure Boot forbids loading module)'),
      error('\\S{1,120} has (?<words>invalid signature)'),
      /^error: \S{1,120}:\d{1,5}: ?(?<words>bad signature|no signature for)/,
    ],
    what: 'GRUB runs under Secure Boot and does not load a kernel or module, because its signature is missing or not trusted: {words|see the message}.',
    why: '"bad shim signature": the kernel is not signed by a key that shim or the firmware knows (a kernel of your own, or of another distribution). "shim_lock protocol not found": GRUB was started without shim. "nobody cares" and "forbids": this GRUB loads modules from the disk, because it was made by a plain grub-install and is not the signed one of the distribution.',
    hint: "Use the distribution's signed shim, GRUB and kernel together (Debian, Ubuntu: `apt install --reinstall shim-signed grub-efi-amd64-signed`, then `grub-install --uefi-secure-boot`; Fedora: shim-x64, grub2-efi-x64), sign the kernel and enrol its key (`mokutil --import`), or start the VM with a firmware that does not enforce Secure Boot.",
    check: 'firmware',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-command-unknown',
    line: [error("(?:can't find command|unknown command) [`'‘](?<command>[\\w.\\[-]{1,40})['’]")],
    needs: isGrub,
    what: 'The configuration of GRUB uses the command {command|that the line names}, which this GRUB does not have.',
    why: 'grub.cfg was written for another build: linuxefi and initrdefi are commands of the patched GRUB of Fedora, RHEL and older Debian, blscfg of Fedora and RHEL; a plain GRUB has linux and initrd. For other commands a module is missing in /boot/grub, or the file is damaged.',
    hint: `In the menu press e and write \`linux\` and \`initrd\` in place of linuxefi and initrdefi; then boot with Ctrl-x. Lasting: the GRUB of the same distribution as grub.cfg. ${reinstall}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-kernel-file-bad',
    line: [
      error('premature end of file (?<file>/\\S{1,120}?)\\.?$'),
      error('invalid magic number'),
      error(
        '(?:plain image kernel not supported|not an ELF|invalid (?:PE|EFI) (?:signature|header)|the kernel (?:is too old|does not (?:have|support) EFI).{0,60})',
      ),
    ],
    needs: isGrub,
    what: 'GRUB found the kernel or initrd file {file|} and it is no whole kernel.',
    why: 'The file is empty or cut off: /boot was full when it was written, or the VM was ended before it reached the disk (after an update without a clean shutdown); or it is for another architecture or compressed in a way that this GRUB does not take.',
    hint: `Choose an older kernel in the menu ("Advanced options"), or \`ls -l (hd0,gpt2)/boot/\` at the prompt; then install the kernel package anew and see \`df -h /boot\`. ${directly}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-image-refused',
    line: [
      error('cannot load image\\.?$'),
      error('start_image\\(\\) returned (?<code>0x[\\da-f]{1,16})'),
      error('(?:loading|load) of (?<file>\\S{1,120}) failed'),
    ],
    what: 'The firmware did not accept the kernel or loader that GRUB handed to it (code {code|not given}).',
    why: 'GRUB starts it as an EFI program: it is not signed while Secure Boot is on (a code ending in 1a), made for another architecture (…03), damaged (…01), or no EFI program at all. A kernel is one only with CONFIG_EFI_STUB.',
    hint: `Use the kernel package of the distribution and architecture, a firmware without Secure Boot, or a larger memory. ${directly}`,
    check: 'firmware',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-disk-short',
    line: [
      error("attempt to read or write outside of (?<kind>disk|partition) [`'‘](?<device>[^'’]{1,40})['’]"),
      error('attempt to read or write outside of (?<kind>disk|partition)'),
    ],
    what: 'GRUB was to read beyond the end of the {kind|disk} {device|}: what it needs lies behind what the firmware shows it.',
    why: 'The image was cut off or is smaller than its partition table says (a copy or download that ended early, `qemu-img resize --shrink`, a qcow2 that is read as raw); on a PC with BIOS the firmware may reach only the first part of a large disk.',
    hint: 'On the host compare `qemu-img info FILE` and `fdisk -l FILE` with the source of the image, and give the format (`image_type=`). With a BIOS and a large disk put /boot into a partition of its own at the beginning.',
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-file-name',
    line: [error("invalid file name [`'‘](?<file>[^'’]{1,120})['’]")],
    what: 'GRUB takes file names with a leading / (or a device) only, and was given {file|another one}.',
    why: 'It has no current directory: a name begins at the root of the file system that `root` names, or with a device as (hd0,gpt2)/boot/vmlinuz. Where /boot is a partition of its own, it begins there: /vmlinuz.',
    hint: '`ls /` and `ls /boot` show what there is; then `linux /boot/vmlinuz-VERSION root=/dev/vda1 console=ttyS0`, `initrd /boot/initrd.img-VERSION`, `boot`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-network-failed',
    line: [
      error(
        "(?:timeout reading|couldn't send network packet|couldn't autoconfigure|no server is specified|timeout: could not resolve hardware address|no DHCP (?:options|info|ack) found)",
      ),
    ],
    what: 'GRUB was started over the network and does not reach its server.',
    why: 'It loads grub.cfg, kernel and initrd by TFTP or HTTP from the server that DHCP named: the server is not reachable from the network of the VM, UDP port 69 (or its answers) is filtered, or next-server and file name are wrong.',
    hint: 'At its prompt `net_ls_cards`, `net_bootp`, `net_ls_addr` show how far it comes; see the log of the TFTP or HTTP server, and the bridge and firewall between. For a start from a disk give an image with its own loader.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-environment',
    severity: 'note',
    line: [
      error(
        '(?:sparse file not allowed|diskfilter writes are not supported|environment block too small|invalid environment block)',
      ),
      error("file [`'‘]\\S{0,120}/grubenv['’] not found"),
    ],
    what: 'GRUB cannot write (or read) its environment block, the file grubenv, and goes on after a key or some seconds: harmless.',
    why: 'It keeps the last choice and "boot failed" there, and can write it only to a plain file on a plain partition: on Btrfs, LVM, RAID, or where the file is missing or has a wrong size, it cannot. A guest that is started unattended waits here for a moment.',
    hint: '`grub-editenv /boot/grub/grubenv create` (Fedora: grub2-editenv) mends a missing or damaged file; on Btrfs or LVM put `GRUB_SAVEDEFAULT=false` and GRUB_DEFAULT=0 into /etc/default/grub (or remove the call of recordfail in /etc/grub.d/00_header), then `update-grub`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-serial-missing',
    severity: 'note',
    line: [
      error(
        "(?:serial port [`'‘](?<port>[^'’]{1,40})['’] isn't found|terminal [`'‘](?:serial|gfxterm)\\S{0,10}['’] isn't found)",
      ),
    ],
    what: 'GRUB does not find the serial port that its configuration names, and goes on without it as a terminal.',
    why: 'With UEFI the console of the firmware is the serial port already; GRUB_SERIAL_COMMAND names a unit that the firmware does not show, or the machine has none (--serial off).',
    hint: 'In /etc/default/grub use `GRUB_TERMINAL=console` for UEFI (`GRUB_TERMINAL="console serial"`, `GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"` for a BIOS), then `update-grub`; the kernel needs console=ttyS0 of its own.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-kernel-not-loaded',
    line: [
      error('(?:you need to load the kernel first|no loaded kernel)'),
      /^Failed to boot both default and fallback entries/,
    ],
    what: 'GRUB had no kernel in its memory when it was to load the initrd or to boot: the command linux before it failed.',
    why: 'This line is a consequence. The error above it says why: a file that is not there, a disk that is not found, a signature that is refused, or too little memory.',
    hint: `Look at the line above, and at the entry (e in the menu). By hand: \`linux /boot/vmlinuz-VERSION root=/dev/vda1 console=ttyS0\`, \`initrd /boot/initrd.img-VERSION\`, \`boot\`. ${directly}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'grub-prompt',
    line: [/^grub> ?$/, /Minimal BASH-like line editing is supported/],
    what: 'GRUB is at its command prompt: it found its modules, and no configuration (grub.cfg) or no entry that it could boot.',
    why: 'grub.cfg is missing or empty, or the small one on the EFI partition points to a file system with another UUID (an image that was cloned, repartitioned or converted); or someone pressed c in the menu.',
    hint: `\`ls\`, then \`configfile (hd0,gpt2)/boot/grub/grub.cfg\` (Fedora, RHEL: /boot/grub2/grub.cfg) with the partition that has it, shows the menu. ${reinstall} ${directly}`,
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'guest-silent-after-grub',
    severity: 'note',
    line: [/^Loading (?:initial ramdisk|Linux \S{1,80}) ?\.\.\.$/, /^Booting [`'‘].{1,120}['’]$/],
    // With words of the kernel behind it, it did not end here.
    needs: ({ says }) =>
      !says(
        /Linux version|Booting Linux on|EFI stub|Decompress|^error: |Kernel panic|\[ {0,5}\d\.\d{4,6}\]|systemd|login:|Welcome to |initramfs\)|Exception|Begin: |Mounting root/,
      ),
    what: 'GRUB loaded the kernel and its initrd and started them; what the kernel says from here on does not appear.',
    why: 'Mostly the kernel runs and writes to another console: its command line has no console=ttyS0 (arm64: ttyAMA0). Else it hangs in its first steps: too little memory for the initrd, or a kernel that does not fit the firmware or processor.',
    hint: 'Press e in the menu of GRUB and add `console=ttyS0 earlyprintk=ttyS0` (arm64: `console=ttyAMA0 earlycon`) to the line linux; lasting in GRUB_CMDLINE_LINUX of /etc/default/grub. If it stays silent, give more memory, and compare an older kernel of the menu.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
]
