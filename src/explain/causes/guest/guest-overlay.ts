/** Overlays in a guest: a writable layer over one that is only read, as images with a store or a live system have. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const overlay = 'https://docs.kernel.org/filesystems/overlayfs.html'

/** Engines of containers keep theirs on the host, in their own directories. */
const isNoContainer = ({ says }: Evidence): boolean =>
  !says(/\/(?:docker|containerd|containers|buildkit)\/|\bdockerd\b/)

export const guestOverlay: readonly Cause[] = [
  {
    id: 'guest-overlay-layer-missing',
    line: [
      /overlay(?:fs)?: failed to resolve '(?<layer>[^']{1,200})': -2\b/,
      /overlay(?:fs)?: missing 'lowerdir'/,
      /mount: .{0,200}special device overlay(?:fs)? does not exist/,
      /mount: mounting overlay(?:fs)? on \S{1,200} failed: No such file or directory/,
    ],
    needs: isNoContainer,
    what: 'A layer of an overlay is not there {layer|(the lower or upper directory that the mount names)}: it is not mounted yet, or its own mount failed.',
    why: 'An overlay puts a writable layer over a lower one, and both must be mounted before it. What says that a device does not exist means this directory: an overlay has no device. Usual is the order of the mounts in the initrd (of systemd or of the image), or a share or disk behind the layer that did not come.',
    hint: 'See in the guest what is mounted at that moment (`findmnt`, `ls` of the directory) and which mount before it failed; let the overlay wait for its layers (RequiresMountsFor=, x-systemd.requires-mounts-for=), and see that the share (--fs, virtiofsd) or disk of the layer is given. A newer release of what makes the image may order them rightly.',
    reference: overlay,
    confidence: 'likely',
  },
  {
    id: 'guest-overlay-refused',
    line: [
      /overlay(?:fs)?: (?<words>upper fs missing required features)/,
      /overlay(?:fs)?: (?<words>filesystem on .{1,200} (?:is )?not supported(?: as upperdir)?)/,
      /overlay(?:fs)?: (?<words>workdir and upperdir must .{1,80}|maximum fs stacking depth exceeded|upper fs is r\/o.{0,60}|failed to create directory .{1,120})/,
      /overlay(?:fs)?: (?<words>failed to resolve '[^']{1,200}': -(?!2\b)\d{1,3})/,
      /wrong fs type, bad option, bad superblock on overlay(?:fs)?,/,
    ],
    needs: isNoContainer,
    what: 'The kernel refuses a directory as a layer of an overlay: {words|see the message}.',
    why: 'The writable (upper) layer needs a file system with extended attributes, d_type and temporary files, which many shares (virtiofs, 9p, NFS) do not offer, and its work directory on the same one; a lower layer must not be on a file system whose names change by themselves (some shares, FAT, a file system that ignores case) or be an overlay over an overlay.',
    hint: 'Put the writable layer on a disk of the guest (ext4, xfs) or on tmpfs; for a lower layer try another file system or share, virtiofsd with --xattr, and a newer kernel in the guest.',
    reference: overlay,
    confidence: 'likely',
  },
  {
    id: 'guest-overlay-limits',
    severity: 'note',
    line: [/overlay(?:fs)?: (?<words>upper fs does not support .{1,120})/],
    needs: isNoContainer,
    what: 'The kernel warns about the writable layer of an overlay: {words|see the line}.',
    why: 'It goes on without that (temporary files, whiteouts by renaming, extended attributes); the mount fails only where "missing required features" follows.',
    hint: 'See whether the mount is there (`mount | grep overlay`). A writable layer on a disk (ext4, xfs) or tmpfs has it all.',
    reference: overlay,
    confidence: 'likely',
  },
]
