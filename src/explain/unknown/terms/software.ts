/** Words of building, fetching and installing software, of images and of languages. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const softwareTerms: Terms = [
  [
    /\bFailed to load object: \S{1,200}\. Powering off\b/,
    'OSv found no such program in its image: the command line (of --cmdline, or set in the image by `scripts/build` or `imgedit.py setargs`) names a file that was not put into it, or one that is not built as a shared object or PIE.',
  ],
  [
    /\bvirt-(?:resize|customize|sysprep|builder|sparsify|format)\b.{0,40}\berror: .{0,80}partition not found\b/,
    'The name is the one that libguestfs gives the partitions of the image (/dev/sda1 …), not the one of the host or guest: `virt-filesystems -lh --all -a IMAGE` lists them.',
  ],
  [
    /\bHunk #\d+ FAILED\b|\bhunks? FAILED\b|\bpatch (?:does not apply|failed)\b|\bfile \S+\.rej\b/i,
    'A patch does not apply: it was made for another version of the sources than it is applied to; take versions that belong together.',
  ],
  [
    /\b[Ll]eaked clusters?\b/,
    'Leaked clusters of a qcow2 image are space that nothing points to: they waste room and lose no data; `qemu-img check -r leaks` frees them while no VM uses the image.',
  ],
  [
    /\bFailed dependencies\b|\bis obsoleted by\b/,
    'rpm refuses a package that needs others which are not installed, or that conflicts with one that is: install or upgrade them in one step with dnf, or remove the older one.',
  ],
  [
    /\bis not of type '\w+'|\bis not valid under any of the given schemas\b/,
    'A value has another type than the schema wants (a number in place of a text, and so on): quote it, or give it in the form that the documentation of that key shows.',
  ],
  [
    /\brequired arguments? (?:was|were) not provided\b/,
    'The program was started without an option that it needs: the list names them, of alternatives (a socket path or a descriptor) one is enough; it did nothing so far.',
  ],
  [
    /\bno valid OpenPGP data\b|\bgpg: (?:can't|no |verify|keyserver|decrypt)/i,
    'gpg was given something that is no key or signature, or one that it has no key for: often a download (curl) that failed or was an error page; the network, a proxy or the address are then the reason.',
  ],
  [
    /\bNO_PUBKEY\b|\b[Rr]epository .{0,160}\bis not signed\b|\bEXPKEYSIG\b/,
    'The repository is signed with a key that is not installed or is out of date: fetch its key anew into /etc/apt/keyrings.',
  ],
  [
    /\bUnable to locate package\b|\bPackage \S+ is not available\b|\bhas no installation candidate\b|\bNo match for argument\b|\bUnable to find a match\b/i,
    'This release of the distribution does not have a package of that name: it is called otherwise, is in a repository that is not enabled, was removed, or the lists are old (`sudo apt update`).',
  ],
  [
    /\bheld broken packages\b|\bunmet dependencies\b|\bnothing provides\b|\bpackage .{0,160}\bconflicts with\b|\bfile conflicts\b/i,
    'The packages ask for versions that do not go together: repositories of several releases are mixed, or an upgrade was left half done.',
  ],
  [
    /\bdpkg\b.{0,60}\block\b.{0,60}\banother process\b|\bCould not get lock\b/,
    'Another installation runs (unattended upgrades after the boot): wait until it has ended.',
  ],
  [
    /\bRelease file\b.{0,60}\b(?:expired|not valid)|\bdoes not have a Release file\b/i,
    'The lists of that repository are out of date, the release is no longer served there (archive, old-releases), or the clock is wrong.',
  ],
  [
    /\bcould not find `?Cargo\.toml|\bno Cargo\.toml\b/i,
    'cargo looks for Cargo.toml in this directory and above: it was started elsewhere, or the directory is not visible there (a container that mounts it: SELinux, another path).',
  ],
  [
    /\blinker [`'"]?\S{1,80} not found\b|\bcould not find native static library\b|\bmusl-gcc\b|\btarget may not be installed\b/i,
    'The linker or the standard library of that target is not installed: `rustup target add TARGET`, and a C compiler for it (gcc, musl-tools).',
  ],
  [
    /\bedition2024\b|\bis not supported by the following package\b|\brequires rustc\b|\block file version\b|\bMSRV\b/i,
    'The sources need a newer Rust than is installed: `rustup update`, or the version in rust-toolchain.toml.',
  ],
  [
    /\berror\[E\d{4}\]|\bcould not compile\b/,
    'The compiler refuses the sources: mostly they were written for another version of Rust or of a dependency (use --locked and the toolchain of that release).',
  ],
  [
    /\bpkg-config\b|\bopenssl-sys\b|\bcould not find (?:system )?library\b|\bfatal error: \S+\.h: No such file\b|\blib\w+-dev\b/,
    'Header files of a library are missing: the development package (…-dev, …-devel) and pkg-config are needed to build.',
  ],
  [
    /\bundefined (?:reference|symbol)\b|\bcollect2: error\b|\bld returned\b|\brust-lld\b/,
    'The linker misses functions: a library is not given, is older, or was built for another system.',
  ],
  [
    /\bgo(?:\.mod| mod| build| get)?: .{0,80}\b(?:requires go|cannot find|not in std|missing go\.sum|no required module)|\bgo\.mod\b/i,
    'The sources need another version of Go, or modules that were not fetched (`go mod download`, GOPROXY).',
  ],
  [
    /\bModuleNotFoundError\b|\bImportError\b|\bexternally-managed-environment\b|\bNo module named\b/,
    'A module of Python is not installed for the interpreter that runs: another version, no virtual environment, or one that the system manages (use venv or the package of the distribution).',
  ],
  [
    /\bKeyError\b/,
    'KeyError of Python names a key that the program looked up and did not find: in its configuration, or in data that it was given, this entry is missing.',
  ],
  [
    /\b(?:AttributeError|TypeError|ValueError|AssertionError|IndexError)\b/,
    'An exception of Python that the program did not expect: its input or another version of a library is other than its code assumes.',
  ],
  [
    /\binfinite recursion\b|\bundefined variable\b.{0,40}\.nix|\battribute '[^']{1,60}' missing\b|\bdoes not provide attribute\b|\bhash mismatch in fixed-output\b|\bThe option `[^']{1,80}' (?:does not exist|has conflicting)/,
    'Nix evaluates before it builds: an attribute or option of another version of nixpkgs or of the module, a hash that is not the one of what was fetched, or values that refer to each other; the trace ends with the place.',
  ],
  [
    /\bflake\b|\bnixpkgs\b|\bnixos-rebuild\b/i,
    'Nix builds from a flake only what git knows (`git add`), and programs of other distributions do not find their loader on NixOS.',
  ],
  [
    /\bKconfig\b|\bolddefconfig\b|\bdefconfig\b|\bscripts\/config\b|\bpahole\b|\bBTF\b|\blibelf\b/,
    'A kernel is built from its configuration: options whose dependencies are off fall out without a word, and tools (flex, bison, libelf, pahole for BTF) must be there.',
  ],
  [
    /\bNo rule to make target\b|\bmake(?:\[\d+\])?: \*\*\*|\bninja: error\b|\bCMake Error\b/,
    'make and its kind say that a step failed; the first error above says which and why.',
  ],
  [
    /\bfailed to solve\b|\bdocker build\b|\bbuildx\b|\bexecutor failed running\b/,
    'The build of a container image failed in the step that it names: the output of that step says why.',
  ],
  [
    /\bqemu-img: .{0,200}\block\b|\bIs another process using the image\b/,
    'qemu-img does not touch an image that is in use: end the VM first (`qemu-img info -U` only reads).',
  ],
  [
    /\bqemu-img\b|\bbacking (?:file(?! ?system)|format)\b|\bImage is not in \S+ format\b/,
    'A qcow2 image may rest on a backing file, by a path as seen from the image, and its format must be said (`-F`); Cloud Hypervisor opens one from v50.1 on only with image_type=qcow2,backing_files=on.',
  ],
  [
    /\bguestfish\b|\bvirt-(?:customize|sysprep|resize|make-fs)\b|\bsupermin\b|\blibguestfs\b/,
    'libguestfs starts a small VM with the kernel of the host: it must be able to read /boot/vmlinuz (Ubuntu gives it to root alone) and to use KVM or be slow.',
  ],
  [
    /\bdracut\b|\bmkinitramfs\b|\binitramfs\b|\bupdate-initramfs\b|\bmkinitcpio\b|(?<=\s)\/init(?=[\s,:]|$)/,
    'The initramfs holds the drivers that are needed to find the root file system (virtio_blk, virtio_pci, the file system): one that was made for another machine or kernel lacks them, and waits for a device that never comes.',
  ],
  [
    /\b(?:mkosi|debootstrap|mmdebstrap|buildroot|yocto|bitbake)\b/i,
    'Tools that build an image need loop devices, mounts or user namespaces, and the packages of the release that is built.',
  ],
  [
    /\b(?:genisoimage|mkisofs|xorriso|mkdosfs|mcopy|cloud-localds)\b(?!.{0,80}\/dev\/)/,
    'A cloud-init seed is an ISO (genisoimage, xorriso) or FAT image (mkdosfs, mcopy) with the label CIDATA; one of these tools must be installed.',
  ],
  [
    /\blosetup\b|\/dev\/loop\d*(?:p\d+)?\b|\bloop device\b|\bloop_reread_partitions\b/i,
    'A loop device shows a file as a disk: in a container they must be given, all may be in use (`losetup -a`), and partitions appear only with --partscan, once the kernel has read the table.',
  ],
  [
    /\bsgdisk\b|\bgrowpart\b|\bresize2fs\b|\bGPT\b(?!.{0,40}\bno BIOS Boot)|\bbackup (?:GPT|header)\b/,
    'After an image was made larger, its partition table still ends at the old size: `sgdisk -e`, `growpart` and `resize2fs` move the end; "backup GPT not at the end" is a remark until then.',
  ],
  [
    /\bdubious ownership\b|\bsafe\.directory\b/,
    'git refuses a directory that belongs to another user (a container, sudo) until it is named in safe.directory.',
  ],
  [
    /(?<!\bsuperblock )\b(?:checksum|digest|hash|sha(?:256|512)\w{0,4})\b.{0,60}\b(?:mismatch|differ|(?:did|does) not match|incorrect)|\b(?:mismatch\w*|bad|wrong|unexpected|invalid|computed) (?:checksum|digest|sha256)/i,
    'A checksum that differs means that the data is not what the checksum was made of: of a download, that it is cut off, changed, or of another version.',
  ],
  [
    /\bunknown variant\b|\bmissing field\b|\bunknown field\b|\binvalid type\b/,
    'serde (Rust) reads data whose form is fixed: a field or value that it does not know comes from another version of the program that wrote it, or of the description of the API that a client was generated from.',
  ],
  [
    /\bOpenAPI\b|\bswagger\b|\bcloud-hypervisor\.ya?ml\b/i,
    'The API is described in cloud-hypervisor.yaml (OpenAPI) of each release: a client that was generated from another release does not know all its fields and states.',
  ],
  [
    /\bterraform\b|\bansible\b|\bpulumi\b/i,
    'What a tool such as Terraform or Ansible reports is the answer of the program that it called: look there.',
  ],
  [
    /\bgdb\b(?!\))|\bgdbstub\b|\bRemote connection closed\b|\bgdbserver\b/i,
    'gdb connects to --gdb path=SOCKET (feature guest_debug of the build): the connection ends when the VMM ends, and software breakpoints need memory that may be written; hardware ones are few.',
  ],
  [
    /\bserde_json::|\bjson: cannot\b|\binvalid character .{1,12} (?:looking for|after|in)\b|\bUnexpected token\b|\bJSONDecodeError\b/i,
    'What was read as JSON is none, or not of that form: an empty answer, an error page, or lines of a log among it.',
  ],
  [
    /\bYAML\b|\byaml: |\byaml\.\w+\.|\bmapping values\b|\bfound character .{1,6} that cannot start\b/,
    'YAML is indented by spaces, and a value needs quotes that holds ": " or " #", or begins with "%", "@", "*", "[" or "{" as text.',
  ],
  [
    /\bassertion (?:`?left == right`?|failed)\b|\bassert(?:ion)?(?:Error| failed)\b/i,
    'An assertion is a check that the author wrote into a program or test: left and right are the two values that it compared.',
  ],
  [
    /\bno tests? (?:to run|found)\b|\btest result: FAILED\b|\bcargo (?:test|nextest)\b|\bpytest\b/,
    'A test suite wants its own images, tools and rights, and a machine to itself: a test that fails on yours need not show a defect.',
  ],
]
