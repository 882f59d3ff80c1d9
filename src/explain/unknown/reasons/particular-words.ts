/** Words for a reason that one kind of program uses: they say more than the general ones. */
import type { Words } from './reason.ts'

export const particularWords: Words = [
  [
    /\badditional propert(?:y|ies) (?:are|is) not allowed\b|\bis not expected here\b|\bwas unexpected\b|\bUnsupported argument\b|\bunexpected keyword argument\b/i,
    'It does not know a field or argument that it was given: misspelt, in the wrong place, or of another version.',
    'The message names it; compare it with the description of that version.',
  ],
  [
    /^sudo: unable to resolve host \S/,
    'The own name of this machine has no address (no line in /etc/hosts): a remark, sudo goes on.',
    'Add the name behind 127.0.1.1 in /etc/hosts.',
  ],
  [
    /^ssh: Could not resolve hostname \S/,
    'The machine that runs ssh knows no address of that name: a guest is in no DNS, unless it was put there.',
    'Use its address, or add it to /etc/hosts or ~/.ssh/config there.',
  ],
  [
    /\bUnable to find libclang\b/,
    'bindgen needs libclang to build, and does not find it.',
    'Install libclang-dev (or clang-devel), or set LIBCLANG_PATH.',
  ],
  [
    /\bwith features \{[^}]{0,200}\} is required to build\b/,
    'No builder of Nix offers the feature that the build asks for: of kvm, /dev/kvm must be open to the builders and kvm stand in system-features.',
    '`nix config show system-features`.',
  ],
  [
    /\b(?:invalid|bad|wrong|unknown) magic\b/i,
    'The magic is the first bytes by which the format of a file (an image, a kernel, an archive) is known: this one, or the one that it rests on, is of another format than it is opened as, or is damaged.',
    '`file PATH`, `qemu-img info PATH`.',
  ],
  [
    /\bSyntax error: .{0,60}unexpected\b|\bfunction: not found\b|\[\[: not found\b|\bBad substitution\b|\bdeclare: not found\b/,
    'A script was run by a shell that does not know its syntax: one for bash by dash, busybox or another /bin/sh.',
    'See its first line (`#!/bin/bash`), and that this shell is there, in an initramfs too.',
  ],
  [
    /\bcannot unmarshal\b.{1,60}\binto Go\b/,
    'A value does not fit the field that the message names: it is of another kind (a text, a list, a number), or outside of the range of its type (uint8: 0 to 255, uint16: 0 to 65535, int32: up to 2147483647).',
    'Give that field a value of its type; versions of both sides that do not belong together differ in it, too.',
  ],
  [
    /\bcannot be used multiple times\b|\b(?:given|specified|used) more than once\b/i,
    'The option may be given once: several values stand behind it, one after the other.',
    'Write it once; `--help` of that program shows how it takes several values.',
  ],
  [
    /\bis used \d{1,4} > 1 times\b/,
    'A name or tag that must be there once is used several times: lists of modules are merged, not replaced.',
    'Remove one of the definitions, or give it a tag of its own.',
  ],
  [
    /\bis already a mount point, refusing start\b/,
    'Something else mounted a file system at that place before: the automount unit of systemd refuses to lie over it, and what is mounted there works.',
    null,
  ],
  [
    /\bfall(?:s|ing)? ?back\b|\bwill (?:continue|proceed) without\b|\bcontinuing (?:without|anyway)\b/i,
    'It goes on in another way: a remark on something that is missing or not supported there, not the end.',
    'Look for what happens after it.',
  ],
  [
    /\bno IP addresses available\b/,
    'All addresses of the range are given out: it is too small, or addresses of sandboxes that are gone were never returned (stale files).',
    'With the plug-in host-local they lie in /var/lib/cni/networks: compare them with what runs.',
  ],
  [
    /\bis being deleted\b/,
    'What it names is marked for deletion, and goes once nothing uses it any more (finalizers); nothing new may use it.',
    'See who deleted it, and make it anew under the same name once it is gone.',
  ],
  [
    /\b(?:hash|cipher|digest|algorithm|pbkdf)\b.{0,30}\bnot supported\b/i,
    'The crypto library or the kernel there lacks that algorithm: a module, a provider or its configuration is missing. The passphrase is not what is refused.',
    '`cryptsetup benchmark`, `openssl list -providers`, `cat /proc/crypto` there.',
  ],
  [
    /\bHTTP response to HTTPS client\b/,
    'The server speaks plain HTTP, and the client wanted TLS (https).',
    'Declare it as an insecure (plain) registry or server in the client, or give it a certificate.',
  ],
  [
    /\bunmet direct dependencies\b/,
    'The configuration of a kernel (Kconfig) selects something whose own dependencies are off, so that it falls out of the result.',
    'Switch those on, too: "Depends on" in the lines below names them.',
  ],
  [
    /\bExec format error\b/,
    'The program is made for another architecture, or the file is no program.',
    '`file PATH` says what it is.',
  ],
  [
    /\berror while loading shared libraries(?:$|.{0,120}No such file)/,
    'A library that the program is linked with is not there: a package or the initramfs is incomplete, or it was built elsewhere.',
    '`ldd PROGRAM` lists what is missing.',
  ],
  [
    /\bunknown target type\b|\bunknown filesystem type\b/,
    'The kernel there does not know that kind: its module is not loaded, not in the initramfs, or was not built.',
    '`lsmod`, `modprobe`, and the configuration of that kernel.',
  ],
  [
    /\bparameter not set\b|\bunbound variable\b/,
    'A shell script used a variable that was not set, and ended (set -u).',
    'Give the variable a value where the script is started; the script that is init takes the machine down with it.',
  ],
]
