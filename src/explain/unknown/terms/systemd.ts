/** Words of systemd: its units, its bus and the daemons that belong to it. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const systemdTerms: Terms = [
  [
    /\bSystem has not been booted with systemd as init system\b/,
    'systemctl speaks to systemd as the first process, and here another program is it: a container, a chroot, a guest with another init (OpenRC, busybox), or WSL without `systemd=true` in /etc/wsl.conf. Start the program itself, or use the means of that init.',
  ],
  [
    /\.journal corrupted or uncleanly shut down\b/,
    'The journal was not closed when that system ended the last time (it was cut off): journald sets the old file aside and begins a new one. Harmless.',
  ],
  [
    /\bDetected unsafe path transition\b/,
    'systemd-tmpfiles refuses a path on which a directory of an ordinary user leads to one of another user (often it is / itself, in an image that was unpacked or copied by that user): `chown root:root` on the directory before the arrow, in the image.',
  ],
  [
    /\bSpecified (?:user|group) '[\w-]{1,40}' unknown\b|\bUnknown (?:user|group) '[\w-]{1,40}', ignoring\b/,
    'A rule of udev names a user or group that this system does not have: that part of the rule is left out, and the device that it is for keeps root as its owner (`getent group NAME`). The group kvm is made by the packages of QEMU or udev.',
  ],
  [
    /\bFailed to connect to (?:system scope )?bus(?: via local transport)?: Host is down\b|\bFailed to connect to system scope bus\b/,
    'There is no D-Bus of the system at that place: systemd is not the first process there (a container, WSL, a chroot), or dbus is not installed. "Host is down" is not about a machine on the network.',
  ],
  [
    /\.service: Watchdog timeout \(limit\b/,
    'The unit has WatchdogSec=, and its program did not report within that time that it lives (sd_notify WATCHDOG=1): systemd ends it by SIGABRT. A program that does not report needs a unit without WatchdogSec=.',
  ],
  [
    /\bUnit (?:file )?\S{1,80} is masked\b/,
    'A masked unit is linked to /dev/null, so that nobody can start it: `systemctl unmask UNIT` takes that back; a file of that name of your own in /etc/systemd/system must be moved first.',
  ],
  [
    /\bchanged on disk\. Run 'systemctl (?:--user )?daemon-reload'/,
    'systemd still works with the old text of the unit: `sudo systemctl daemon-reload` reads it anew, then restart the unit. A hint, no failure.',
  ],
  [
    /\bdue to memory pressure for \S{1,120} being\b/,
    'systemd-oomd ends whole cgroups when memory stays short (PSI), before the kernel does: it takes the session or unit that waits most. `oomctl` shows the state; ManagedOOMMemoryPressure=auto for that slice, a unit of its own for the VM, or less memory for it.',
  ],
  [
    /\bService has no ExecStart=/,
    'The unit has no command to start: ExecStart= is missing, stands in another section than [Service], or was refused in a line above; `systemd-analyze verify UNIT` names it.',
  ],
  [
    /\bCan't open PID file \S{1,120} \(yet\?\) after start\b|\bNew main PID \d{1,12} does not belong to service\b/,
    'With Type=forking systemd reads the PID from PIDFile=: the program must write it as the right user and go into the background. A VMM that stays in the foreground wants Type=simple or exec, and no PIDFile=.',
  ],
  [
    /\bFailed to load environment files\b/,
    'The file of EnvironmentFile= is not there or not readable: a "-" in front of its path in the unit makes it optional.',
  ],
  [
    /\bFailed to set up credentials\b/,
    'Credentials of a unit (LoadCredential=, ImportCredential=) are small files that systemd mounts for it: in containers and user namespaces that mount is often not permitted. No login or password is meant.',
  ],
]
