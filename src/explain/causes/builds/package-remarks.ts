/** Remarks of package managers that harm nothing, and what rpm and dnf say of their database and mirrors. */
import type { Cause } from '../../cause.ts'

const apt = 'https://manpages.debian.org/stable/apt/apt-get.8.en.html'
const secure = 'https://manpages.debian.org/stable/apt/apt-secure.8.en.html'
const sources = 'https://manpages.debian.org/stable/apt/sources.list.5.en.html'

export const packageRemarks: readonly Cause[] = [
  {
    id: 'apt-source-twice',
    severity: 'note',
    line: [/^W: Target .{1,160} is configured multiple times in/],
    what: 'A repository is named twice in the sources of apt: harmless.',
    why: 'apt reads it once. Mostly an old sources.list stands beside a new ubuntu.sources or debian.sources.',
    hint: 'Remove one of the two entries that the line names.',
    reference: sources,
    confidence: 'likely',
  },
  {
    id: 'apt-key-legacy',
    severity: 'note',
    line: [/Key is stored in legacy trusted\.gpg keyring/, /apt-key is deprecated\. Manage keyring files/],
    what: 'apt remarks that a key is kept in the old way (apt-key, trusted.gpg): it works, and is no failure.',
    why: 'A key there is trusted for every repository; new instructions put it into /etc/apt/keyrings and name it with signed-by=.',
    hint: 'Nothing need be done now. Newest releases have no apt-key any more: `curl -fsSL URL | sudo gpg --dearmor -o /etc/apt/keyrings/NAME.gpg`.',
    reference: secure,
    confidence: 'likely',
  },
  {
    id: 'apt-remark',
    severity: 'note',
    line: [
      /apt does not have a stable CLI interface/,
      /debconf: (?:unable to initialize frontend|falling back to frontend|delaying package configuration|\(.{1,120}frontend)/,
      /Download is performed unsandboxed as root/,
    ],
    what: 'A remark of apt or debconf that harms nothing: it has no terminal to ask questions on, or is called by a script.',
    why: 'Without a terminal (cloud-init, ssh without -t, a build) debconf goes on with simpler ways to ask, and packages take their defaults.',
    hint: 'Nothing need be done; `DEBIAN_FRONTEND=noninteractive apt-get -y install …` silences it.',
    reference: apt,
    confidence: 'likely',
  },
  {
    id: 'apt-waits-for-lock',
    severity: 'note',
    line: [/Waiting for cache lock: .{0,80}It is held by process (?<pid>\d+) \((?<program>[^)]{1,40})\)/],
    what: 'apt waits until another package manager has ended ({program|another one}, process {pid|see the line}).',
    why: 'After the first boot it is mostly unattended-upgrades, apt-daily or cloud-init itself. It goes on by itself; ending that process in the middle leaves packages half installed.',
    hint: 'Wait: `cloud-init status --wait`, or `sudo systemctl stop unattended-upgrades`, which ends in order; scripts use `apt-get -o DPkg::Lock::Timeout=300`.',
    reference: apt,
    confidence: 'likely',
  },
  {
    id: 'rpm-database-broken',
    line: [
      /rpmdb: BDB\d{4} |db5 error\(-?\d+\)|rpmdb: (?:PANIC|Thread\/process)/,
      /[Rr]pmdb open failed|cannot open Packages (?:index|database) (?:using|in) /,
    ],
    what: 'The database of rpm is damaged or left in the middle of a change: dnf, yum and rpm do nothing.',
    why: 'The machine or the program was killed while it wrote, or the disk was full.',
    hint: 'See `df -h`; copy it first (`sudo cp -a /var/lib/rpm /root/rpm.copy`), then `sudo rm -f /var/lib/rpm/__db*` and `sudo rpm --rebuilddb`.',
    reference: 'https://rpm.org/docs/',
    confidence: 'likely',
  },
  {
    id: 'dnf-mirrors-gone',
    line: [
      /No URLs in mirrorlist/,
      /mirrorlist\.centos\.org/,
      /Cannot find a valid baseurl for repo: (?<repo>\S{1,60})/,
    ],
    what: 'dnf or yum finds no mirror for the repository {repo|of that release}.',
    why: 'CentOS Linux 6, 7 and 8 and Stream 8 have ended, and mirrorlist.centos.org does not exist any more: an image of these finds nothing, with a network that works. For another distribution: no network or name server.',
    hint: 'Use an image that is supported (Rocky, Alma, CentOS Stream 9), or for a while the archive: in /etc/yum.repos.d comment mirrorlist= out and set baseurl=http://vault.centos.org/….',
    reference: 'https://www.centos.org/centos-linux-eol/',
    confidence: 'likely',
  },
  {
    id: 'rhel-not-registered',
    severity: 'warning',
    line: [
      /This system is not registered (?:with|to) /,
      /There are no enabled repositories .{0,80}subscription/,
    ],
    what: 'The guest (RHEL) is not registered, so that it has no repositories of Red Hat.',
    why: 'Cloud images of RHEL bring no subscription.',
    hint: '`sudo subscription-manager register` (or rh_subscription: in the user-data), or use a free relative: Rocky, Alma, CentOS Stream.',
    reference: 'https://docs.redhat.com/',
    confidence: 'likely',
  },
  {
    id: 'guest-restart-pending',
    severity: 'note',
    line: [
      /\*\*\* System restart required \*\*\*/,
      /The currently running kernel version is not the expected kernel version/,
      /There are packages that require a restart|Pending kernel upgrade/,
    ],
    what: 'The guest installed a newer kernel or library, and runs with the old one until it is restarted.',
    why: 'Modules of the running kernel may have been removed meanwhile. With --kernel the guest always runs the kernel of the host, whatever it installs.',
    hint: 'Restart it when it suits; with direct boot give the new kernel with --kernel, or boot through firmware.',
    reference: apt,
    confidence: 'likely',
  },
]
