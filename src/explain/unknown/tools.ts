/** Tools that write about disks, kernels and systems in words of which other things are recognised: they are named first. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/^==> (?:ERROR|WARNING): /, 'mkinitcpio or makepkg of Arch Linux'],
  [
    /^dracut(?:-install)?(?:\[\d{1,7}\])?: (?:Failed to install module|dracut module '|FATAL: Module) /,
    'dracut, while it made an initramfs',
  ],
  [
    /^(?:virt-(?:customize|resize|sysprep|builder|sparsify|filesystems|cat|edit)|guestfish|guestmount|libguestfs): /,
    'libguestfs, whose tools look into disk images',
  ],
  [/^mkosi: |^\u2023 /, 'mkosi, which builds images of operating systems'],
  [/^systemd-stub: |\bembedded \.linux section\b/, 'systemd-stub, the EFI program in a unified kernel image'],
  [
    /\bwhich is in use \(already mapped or mounted\)|^No key available with this passphrase|is not a valid LUKS device\b/,
    'cryptsetup',
  ],
  [/^(?:Error|Warning): (?:Partition\(s\) \d|Not all of the space available to) /, 'parted'],
  [
    /^\s{0,4}(?:Volume group "|Logical volume \S|Cannot process volume group|Physical volume "|WARNING: VG |Insufficient free space: \d{1,12} extents) /,
    'LVM',
  ],
  [
    /^(?:userauth_pubkey|kex_exchange_identification|ssh_dispatch_run_fatal|Authentication refused): /,
    'ssh or its server sshd',
  ],
  [
    /^error: (?:\.\.\/(?:\.\.\/)?grub-core\/|(?:attempt to read or write outside of|can't find command [`']|sparse file not allowed|symbol [`']grub_))/,
    'GRUB, the boot loader of the image',
  ],
  [/\bcloudbaseinit\.\w{1,40}\b/, 'cloudbase-init, in a Windows guest'],
]

/** A daemon or tool in front of its line, in the journal or on a console: it writes about disks as a kernel does. */
const daemon =
  /(?:^|[\s\]])(multipathd|systemd-(?:udevd|fsck|growfs|repart|cryptsetup)|blkid|growpart|lvm|dmeventd|mdadm|iscsid|open-iscsi|zed|sfdisk)\[\d{1,8}\]: ?$/

/**
 * @param head what stood in front of the line
 * @returns the tool that wrote a line, to stand behind "by"; null where nothing tells
 */
export const toolOf = (text: string, head: string): string | null => {
  const [, name] = daemon.exec(head) ?? []
  if (name !== undefined) return `the program "${name}"`
  return tools.find(([expression]) => expression.test(text))?.[1] ?? null
}
