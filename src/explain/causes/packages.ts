/**
 * What package managers say when they install nothing: apt, dnf, zypper, pacman and apk, in their own words. What can be
 * the reason of another one stands before it.
 */
import type { Cause } from '../cause.ts'

/** The commands of all of them, side by side. */
const commands = 'https://wiki.archlinux.org/title/Pacman/Rosetta'

/** What stands in the texts below for one package manager, where it is known which one spoke. */
export const wordsOfManagers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'apt-get': {
    lists: '`sudo apt-get update`',
    keys: 'package debian-archive-keyring or ubuntu-keyring',
    clean: '`sudo apt-get clean`',
    repositories: '/etc/apt/sources.list and /etc/apt/sources.list.d',
    stale: ' ',
  },
  dnf: {
    lists: '`sudo dnf clean metadata`',
    keys: 'package fedora-gpg-keys, or that of your distribution',
    clean: '`sudo dnf clean packages`',
    repositories: '`dnf repolist --all`',
    stale: ' ',
  },
  zypper: {
    lists: '`sudo zypper refresh`',
    keys: 'package openSUSE-build-key or suse-build-key',
    clean: '`sudo zypper clean`',
    repositories: '`zypper repos`',
    stale: ' ',
  },
  pacman: {
    lists: '`sudo pacman -Syu`, which updates everything: a partial update is not supported',
    keys: '`sudo pacman-key --init`, `sudo pacman-key --populate`, package archlinux-keyring',
    clean: '`sudo pacman -Sc`',
    repositories: '/etc/pacman.conf',
    stale: ' Only if `pgrep -x pacman` shows none: `sudo rm /var/lib/pacman/db.lck`.',
  },
  apk: {
    lists: '`sudo apk update`',
    keys: 'package alpine-keys',
    clean: '`sudo apk cache clean`',
    repositories: '/etc/apk/repositories, where community is one line',
    stale: ' ',
  },
}

export const packages: readonly Cause[] = [
  {
    id: 'package-manager-locked',
    line: [
      /^(?:E: )?Could not get lock \S{1,120}\. It is held by process (?<pid>\d+)/,
      /^(?:E: )?Could not get lock \S{1,120} - open \(11:/,
      /^E: Unable to acquire the dpkg frontend lock/,
      /^dpkg: error: (?:dpkg (?:frontend |database )?lock (?:was|is) locked|dpkg status database is locked) by another process(?: with pid (?<pid>\d+))?/,
      /^Waiting for process with pid (?<pid>\d+) to finish/,
      /^System management is locked by the application with pid (?<pid>\d+)/,
      /^error: (?:failed to init transaction|failed to synchronize all databases) \(unable to lock database\)/,
      /^error: could not lock database: /,
      /^ERROR: (?:Unable to lock database|Failed to open apk database): (?:Resource temporarily|Interrupted)/,
    ],
    errnos: [11, 17],
    what: 'Another package manager holds the lock (process {pid|unknown}): nothing was installed.',
    why: 'Only one at a time may change the packages: an update in the background, or a package manager in another terminal. Only a killed pacman leaves a lock behind that nobody holds.',
    hint: 'Wait until the other one has ended, then try again.{stale| Only for pacman, and only if `pgrep -x pacman` shows none: `sudo rm /var/lib/pacman/db.lck`.}',
    reference: commands,
    confidence: 'likely',
  },
  {
    id: 'package-repositories-none',
    line: [
      /^Error: There are no enabled repositories in/,
      /^Warning: No repositories defined\./,
      /^error: no usable package repositories configured/,
    ],
    what: 'No repository is configured: there is nothing to install from.',
    why: 'All of them are switched off, or the configuration of the package manager is empty, as in a minimal image.',
    hint: 'Switch on those of the distribution: {repositories|`dnf repolist --all`, `zypper repos`, /etc/pacman.conf, /etc/apk/repositories}.',
    reference: commands,
    confidence: 'likely',
  },
  {
    id: 'package-file-gone',
    line: [
      /^(?:E: )?Failed to fetch \S{1,200}\s+404\b/,
      /^error: failed retrieving file '\S{1,120}(?<!\.sig)' from \S{1,120} : The requested URL returned error: 404/,
      /^\S{0,80}Status code: 404 for \S{1,200}/,
      /package mentioned in index not found \(try 'apk update'\)/,
    ],
    what: 'A package that the lists name is no longer at the mirror.',
    why: 'The lists are older than what the mirror has: a newer version has taken the place of that file. A mirror that is half way through an update looks the same.',
    hint: 'Fetch the lists again: {lists|`sudo apt-get update`, `sudo dnf clean metadata`, `sudo zypper refresh`, `sudo apk update`; with pacman only together with an update of everything, `sudo pacman -Syu`}.',
    reference: commands,
    confidence: 'likely',
  },
  {
    id: 'package-unsigned',
    line: [
      /^E: The repository '(?<package>[^']{1,160})' is (?:not signed|no longer signed)/,
      /(?:NO_PUBKEY|EXPKEYSIG|Missing key) [0-9A-F]{16,40}/,
      /^You have enabled checking of packages via GPG keys\. This is a good thing/,
      /^Package (?<package>\S{1,120}) is not signed/,
      /^(?:Error: )?GPG check FAILED|^OpenPGP check for package "(?<package>[^"]{1,120})".{0,200}has failed/,
      /^Public key for (?<package>\S{1,120}) is not (?:installed|trusted)/,
      /^\s*Package is not signed!/,
      /^(?<package>\S{1,120}) \(\S{1,80}\): Signature verification failed/,
      /^error: (?<package>[^:\s]{1,80}): (?:missing required signature|signature from ".{1,160}" is (?:unknown|marginal|never) trust|signature from ".{1,160}" is invalid)/,
      /^error: .{0,160}\(?invalid or corrupted (?:database|package) \(PGP signature\)/,
      /^error: failed retrieving file '(?<package>\S{1,120})\.sig'/,
      /^error: (?:keyring is not writable|required key missing from keyring|key ".{1,80}" could not be looked up)/,
      /^(?:ERROR|WARNING): (?<package>\S{1,200}): (?:UNTRUSTED signature|BAD signature|untrusted)/i,
      /^WARNING: (?:(?:updating and )?opening|Ignoring) (?<package>\S{1,200}): (?:UNTRUSTED|BAD) signature/,
    ],
    what: 'A package or repository has no valid signature of a trusted key: {package|see the line}. It was not installed.',
    why: 'The keys of the distribution are missing or older than its packages, the repository is not one of the distribution, or what arrived is not what was published.',
    hint: 'Renew the keys of the distribution ({keys|package debian-archive-keyring, ubuntu-keyring, fedora-gpg-keys, openSUSE-build-key, archlinux-keyring or alpine-keys}), or import the key of that repository after comparing its fingerprint. Do not switch the check off.',
    reference: commands,
    confidence: 'likely',
  },
  {
    id: 'package-repository-unreachable',
    line: [
      /^(?:[EW]: )?Failed to fetch (?<where>\S{1,200})\s+(?=.{0,80}(?:resolv|connect|timed? ?out|unreachable|refused))/i,
      /^\s*(?:- |>>> )?Curl error \(\d+\): .{1,120}? for (?<where>https?:\S{1,200})/,
      /^(?:Error: )?Failed to download metadata(?: \(\S+\))? for repo(?:sitory)? ['"](?<where>[^'"]{1,80})['"]/,
      /^Repository '(?<where>[^']{1,80})' is invalid\./,
      /^\s*- Download \(curl\) error for '(?<where>[^']{1,200})'/,
      /^Error code: Connection failed/,
      /^Error message: (?:Could not resolve host:|Failed to connect to) (?<where>\S{1,120})/,
      /^error: failed retrieving file '\S{1,120}(?<!\.sig)' from (?<where>\S{1,120}) : (?!The requested URL)/,
      /^error: failed to synchronize all databases \(download library error\)/,
      /^error: failed to commit transaction \(invalid url for server\)/,
      /^WARNING: (?:(?:updating and )?opening|fetching) (?<where>https?:\S{1,200}): (?!UNTRUSTED|BAD)/,
      /^WARNING: Ignoring (?<where>https?:\S{1,200}): (?!UNTRUSTED|BAD)/,
      /^ERROR: (?<where>https?:\S{1,200}): (?:temporary error|network error|DNS|Connection|Operation timed|remote server)/i,
    ],
    // A lone line of apk may as well come from a guest.
    needs: ({ says }) =>
      says(
        /no such package|Unable to find a match|No match for argument|No provider of|is invalid\.|failed retrieving file|failed to (?:synchronize|commit)|Failed to download metadata|^(?:\s*)E: /,
      ),
    what: 'A repository could not be reached: {where|see the line}.',
    why: 'No network, no name server, a proxy that the package manager was not told of, or a mirror that is down. What is said after it of packages that are not found follows from that.',
    hint: 'Try the address: `curl -I URL`. Behind a proxy: `http_proxy` in the environment of root, or the proxy option of the package manager; then try again.',
    reference: commands,
    confidence: 'likely',
  },
  {
    id: 'package-unknown',
    line: [
      /^E: Unable to locate package (?<package>\S{1,120})/,
      /^E: Package '(?<package>[^']{1,120})' has no installation candidate/,
      /^(?:Error: )?Unable to find a match: (?<package>.{1,200})/,
      /^No match for argument: (?<package>\S{1,120})/,
      /^No provider of '(?<package>[^']{1,120})' found/,
      /^error: target not found: (?<package>\S{1,120})/,
      /^\s*(?<package>\S{1,120}) \(no such package\):/,
    ],
    what: 'The lists of packages on this host do not name {package|the package that was asked for}.',
    why: 'They are old, were never fetched or could not be, or the package is in a repository that is off: {off|universe on Ubuntu, community on Alpine, EPEL or CRB on the relatives of Red Hat}.',
    hint: 'Fetch the lists, and see whether each repository answers: {lists|`sudo apt-get update`, `sudo dnf makecache`, `sudo zypper refresh`, `sudo apk update`, `sudo pacman -Syu`}. Where all do, switch on the repository that has the package, and try again; where the distribution calls it otherwise, install it by hand.',
    reference: 'https://repology.org/',
    confidence: 'likely',
  },
  {
    id: 'package-no-space',
    line: [
      /^E: You don't have enough free space in (?<where>\S{1,120}?)\.?$/,
      /^\s*At least \S{1,20} more space needed on the (?<where>\S{1,120}) filesystem/,
      /^error: (?:Partition (?<where>\S{1,120}) too full|not enough free disk space)/,
      /^error: failed to commit transaction \(not enough free disk space\)/,
    ],
    what: 'The disk is too full to install it: {where|see the line}.',
    why: 'The packages that were downloaded, and their files, need room at the same time.',
    hint: 'Make room (`df -h`), for instance in the cache of packages: {clean|`sudo apt-get clean`, `sudo dnf clean packages`, `sudo zypper clean`, `sudo pacman -Sc`, `sudo apk cache clean`}.',
    check: 'disk-space',
    reference: commands,
    confidence: 'likely',
  },
  {
    id: 'package-newer-installed',
    line: [
      /^\s*package (?<package>\S{1,160}) \(which is newer than \S{1,160}\) is already installed/,
      /^\s*\S{1,120} is obsoleted by (?<package>\S{1,160})/,
    ],
    what: 'rpm refuses the package because of the version that is installed already: {package|see the line}.',
    why: 'rpm does not go back to an older version, and compares the epoch (the number before the colon) first: a package without one is older than any with one, whatever its version says. "Obsoleted" is a conflict between the two of the same kind.',
    hint: '`rpm -qa --queryformat "%{NAME} %{EPOCH}:%{VERSION}-%{RELEASE}\\n"` lists what is installed. A kernel can be put beside the others (`dnf install FILE`); `--allowerasing` replaces what conflicts, `rpm --oldpackage` goes back. Keep the kernel that boots now.',
    reference: 'https://rpm-software-management.github.io/rpm/manual/dependencies.html',
    confidence: 'likely',
  },
  {
    id: 'package-file-conflict',
    line: [
      /^(?:\S{1,120}: )?(?<where>\/\S{1,160}) exists in filesystem/,
      /^\s?trying to overwrite '(?<where>\/[^']{1,160})', which is also in package/,
      /^(?:Error: |\s*)?file (?<where>\/\S{1,160}) (?:conflicts between attempted installs|from install of \S{1,120} conflicts with file)/,
      /^ERROR: \S{1,120}: trying to overwrite (?<where>\S{1,160}) owned by/,
    ],
    what: 'A file of the package is there already and belongs to something else: {where|see the line}.',
    why: 'It was put there by hand, or another package has it.',
    hint: 'See whose it is (`dpkg -S`, `rpm -qf`, `pacman -Qo` or `apk info --who-owns`, with its path); move one that nobody owns away, and try again.',
    reference: commands,
    confidence: 'likely',
  },
]
