/** The words of real package managers, of releases that are current: test/e2e/package-managers.test.ts makes most of them. */
import type { Injected } from './injected.ts'

export interface PackageExample extends Injected {
  readonly manager: 'apt' | 'dnf' | 'zypper' | 'pacman' | 'apk'
}

const texts: readonly (readonly [manager: PackageExample['manager'], cause: string, text: string])[] = [
  [
    'apt',
    'package-manager-locked',
    'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1234 (apt)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
  ],
  [
    'zypper',
    'package-manager-locked',
    'System management is locked by the application with pid 812 (zypper).\nClose this application before trying again.',
  ],
  ['dnf', 'package-manager-locked', 'Waiting for process with pid 161 to finish.'],
  [
    'pacman',
    'package-manager-locked',
    "error: failed to init transaction (unable to lock database)\nerror: could not lock database: File exists\n  if you're sure a package manager is not already\n  running, you can remove /var/lib/pacman/db.lck",
  ],
  [
    'apk',
    'package-manager-locked',
    'ERROR: Unable to lock database: Resource temporarily unavailable\nERROR: Failed to open apk database: Resource temporarily unavailable',
  ],
  [
    'apt',
    'package-repository-unreachable',
    "Err:1 http://deb.debian.org/debian bookworm InRelease\n  Temporary failure resolving 'deb.debian.org'\nE: Failed to fetch http://deb.debian.org/debian/pool/main/m/mtools/mtools_4.0.33_amd64.deb  Temporary failure resolving 'deb.debian.org'",
  ],
  // 5.4, which passes over a repository that does not answer.
  [
    'dnf',
    'package-repository-unreachable',
    'Updating and loading repositories:\n>>> Curl error (7): Could not connect to server for http://127.0.0.1:9/repodata/repomd.xml [Failed to connect to 127.0.0.1:9 after 0 ms: Could not connect to server] - http://127.0.0.1:9/repodata/repomd.xml\n>>> Usable URL not found\nRepositories loaded.\nFailed to resolve the transaction:\nNo match for argument: unreachable\nYou can try to add to command line:\n  --skip-unavailable to skip unavailable packages',
  ],
  [
    'dnf',
    'package-repository-unreachable',
    "Errors during downloading metadata for repository 'lab':\n  - Curl error (7): Couldn't connect to server for http://127.0.0.1:9/repodata/repomd.xml [Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server]\nError: Failed to download metadata for repo 'lab': Cannot download repomd.xml: Cannot download repodata/repomd.xml: All mirrors were tried\nIgnoring repositories: lab\nNo match for argument: qemu-tools\nError: Unable to find a match: qemu-tools",
  ],
  [
    'zypper',
    'package-repository-unreachable',
    "Repository 'lab' is invalid.\n[lab|http://nosuch.example/] Valid metadata not found at specified URL\nHistory:\n - [|] Error trying to read from 'http://nosuch.example/'\n - Download (curl) error for 'http://nosuch.example/content':\nError code: Connection failed\nError message: Could not resolve host: nosuch.example\n\nWarning: Skipping repository 'lab' because of the above error.\n'qemu-tools' not found in package names. Trying capabilities.\nNo provider of 'qemu-tools' found.",
  ],
  [
    'pacman',
    'package-repository-unreachable',
    ":: Synchronizing package databases...\n lab downloading...\nerror: failed retrieving file 'lab.db' from 127.0.0.1:9 : Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server\nerror: failed to synchronize all databases (download library error)",
  ],
  [
    'apk',
    'package-repository-unreachable',
    'WARNING: updating and opening http://nosuch.example/main/x86_64/APKINDEX.tar.gz: DNS: transient error (try again later)\nERROR: unable to select packages:\n  b (no such package):\n    required by: world[b]',
  ],
  ['dnf', 'package-repositories-none', 'Error: There are no enabled repositories in "/etc/yum.repos.d".'],
  [
    'zypper',
    'package-repositories-none',
    "Warning: No repositories defined. Operating only with the installed resolvables. Nothing can be installed.\nNo provider of 'qemu-tools' found.",
  ],
  ['pacman', 'package-repositories-none', 'error: no usable package repositories configured.'],
  [
    'apt',
    'package-file-gone',
    'E: Failed to fetch http://deb.debian.org/debian/pool/main/m/mtools/mtools_4.0.33-1_amd64.deb  404  Not Found [IP: 151.101.2.132 80]',
  ],
  [
    'pacman',
    'package-file-gone',
    "error: failed retrieving file 'a-1-1-any.pkg.tar.zst' from 127.0.0.1:8888 : The requested URL returned error: 404",
  ],
  ['apt', 'package-unknown', 'E: Unable to locate package qemu-utils'],
  ['dnf', 'package-unknown', 'No match for argument: qemu-imgs\nError: Unable to find a match: qemu-imgs'],
  [
    'zypper',
    'package-unknown',
    "'qemu-imgs' not found in package names. Trying capabilities.\nNo provider of 'qemu-imgs' found.",
  ],
  ['pacman', 'package-unknown', 'error: target not found: qemu-imgs'],
  [
    'apk',
    'package-unknown',
    'ERROR: unable to select packages:\n  qemu-imgs (no such package):\n    required by: world[qemu-imgs]',
  ],
  [
    'apt',
    'package-unsigned',
    "E: The repository 'http://deb.example/debian bookworm InRelease' is not signed.",
  ],
  ['dnf', 'package-unsigned', 'Package qemu-tools-1-1.x86_64.rpm is not signed\nError: GPG check FAILED'],
  [
    'zypper',
    'package-unsigned',
    'qemu-tools.rpm:\n    Package is not signed!\n\nqemu-tools-1-1.x86_64 (lab): Signature verification failed [6-File is unsigned]',
  ],
  [
    'pacman',
    'package-unsigned',
    "error: lab: missing required signature\nerror: database 'lab' is not valid (invalid or corrupted database (PGP signature))",
  ],
  ['apk', 'package-unsigned', 'ERROR: /tmp/repo/x86_64/c-1-r0.apk: UNTRUSTED signature'],
  [
    'apt',
    'package-dependency-unmet',
    'The following packages have unmet dependencies:\n qemu-utils : Depends: libfuse3-3 but it is not installable\nE: Unable to correct problems, you have held broken packages.',
  ],
  [
    'dnf',
    'package-dependency-unmet',
    'Error: \n Problem: conflicting requests\n  - nothing provides libfuse3.so.3 needed by qemu-img-9.0-1.x86_64',
  ],
  [
    'zypper',
    'package-dependency-unmet',
    "Problem: 1: the to be installed qemu-tools requires 'libfuse3', but this requirement cannot be provided\n Solution 1: do not install qemu-tools",
  ],
  [
    'pacman',
    'package-dependency-unmet',
    "error: failed to prepare transaction (could not satisfy dependencies)\n:: unable to satisfy dependency 'fuse3' required by qemu-img",
  ],
  ['apt', 'package-no-space', "E: You don't have enough free space in /var/cache/apt/archives/."],
  [
    'dnf',
    'package-no-space',
    'Error: Transaction test error:\nDisk Requirements:\n   At least 12MB more space needed on the / filesystem.',
  ],
  [
    'pacman',
    'package-no-space',
    'error: Partition / too full: 20000 blocks needed, 100 blocks free\nerror: failed to commit transaction (not enough free disk space)',
  ],
  [
    'pacman',
    'package-file-conflict',
    'error: failed to commit transaction (conflicting files)\nqemu-img: /usr/bin/qemu-img exists in filesystem',
  ],
]

export const packageExamples: readonly PackageExample[] = texts.map(([manager, cause, text]) => ({
  manager,
  cause,
  text: `${text}\n`,
}))
