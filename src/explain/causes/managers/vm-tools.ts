/** What other managers of VMs say when a VM does not start: Incus and LXD, Multipass, Vagrant, VirtualBox. */
import type { Cause } from '../../cause.ts'

const incus = 'https://linuxcontainers.org/incus/docs/main/'
const multipass = 'https://documentation.ubuntu.com/multipass/'
const vagrant = 'https://developer.hashicorp.com/vagrant/docs'

export const vmTools: readonly Cause[] = [
  {
    id: 'incus-no-vms',
    line: [
      /\bInstance type "?(?<type>virtual-machine)"? (?:is )?not (?:supported|operational)(?: on this server)?:? ?(?<words>.{0,120})/i,
      /\bKVM support is missing \(no \/dev\/kvm\)/,
      /\bQEMU failed to run feature checks\b/,
    ],
    what: 'Incus or LXD cannot run virtual machines on this host: {words|see the line}.',
    why: 'At its start the daemon looked for /dev/kvm, vhost_vsock, QEMU and UEFI firmware, and something was missing; containers work without.',
    hint: '`incus info | grep -A3 -i driver`; install the package (incus-base alone has no VMs: `incus`, or qemu-system-x86, ovmf), `sudo modprobe kvm_intel vhost_vsock`, then restart the daemon (`systemctl restart incus`, `snap restart lxd`).',
    check: 'kvm',
    reference: incus,
    confidence: 'likely',
  },
  {
    id: 'incus-secure-boot',
    line: [/\bimage used by this instance is incompatible with secureboot\b/],
    what: 'The image cannot start with secure boot, which Incus and LXD switch on for VMs.',
    why: 'Its boot loader is not signed for it (Arch, Alpine, Gentoo, NixOS and others).',
    hint: '`incus launch IMAGE NAME --vm -c security.secureboot=false` (or `incus config set NAME security.secureboot=false`; lxc likewise).',
    reference: incus,
    confidence: 'likely',
  },
  {
    id: 'incus-agent-absent',
    line: [/\b(?:LXD )?VM agent isn'?t currently running\b/],
    what: 'The agent in the VM (incus-agent, lxd-agent), through which exec and file transfer go, is not running so far.',
    why: 'The guest still boots, or the image has no agent: an own ISO or a cloud image that is not from the image server.',
    hint: 'Wait a minute; `incus console NAME` shows the boot. In the guest mount the share and run its installer: `mount -t 9p config /mnt && cd /mnt && ./install.sh` (newer: `incus config device add NAME agent disk source=agent:config`).',
    reference: incus,
    confidence: 'likely',
  },
  {
    id: 'incus-storage-missing',
    line: [
      /\bNo storage pool found\. Please create a new storage pool\b/,
      /\bFailed getting root disk: No root device could be found\b/,
    ],
    what: 'Incus or LXD has no storage pool or no root disk for new instances.',
    why: 'The daemon was never set up, or the profile has no device of type disk with path=/.',
    hint: '`sudo incus admin init` (LXD: `sudo lxd init`), or `incus storage create default dir` and `incus profile device add default root disk path=/ pool=default`.',
    reference: incus,
    confidence: 'likely',
  },
  {
    id: 'manager-socket-closed-to-user',
    line: [
      /\bdial unix (?<socket>\/\S{0,80}\/(?:lxd|incus)\/unix\.socket(?:\.user)?): connect: permission denied/,
      /\bmultipass socket access denied\b/,
      /You don't have the needed permissions to talk to the (?:incus|lxd) daemon/i,
    ],
    what: 'This user may not use the daemon (LXD, Incus, Multipass): its socket is closed to him.',
    why: 'It belongs to root and a group (lxd, incus-admin, incus; for Multipass sudo, adm or admin); a membership counts from the next login on.',
    hint: '`sudo usermod -aG lxd $USER` (or incus-admin), then log in again or `newgrp lxd`; Multipass: `sudo multipass authenticate`, or a user of the group sudo.',
    reference: incus,
    confidence: 'likely',
  },
  {
    id: 'multipass-failed',
    line: [
      /\bKVM support is not enabled on this machine\b/,
      /\btimed out waiting for (?:initialization to complete|response)\b/,
      /\bshell failed: ssh connection failed: '(?<words>[^']{1,80})'/,
    ],
    needs: ({ says }) =>
      says(
        /multipass|\b(?:launch|start|shell|restart) failed: (?:The following errors|ssh connection)|^The following errors occurred|KVM support is not enabled on this machine/i,
      ),
    what: 'Multipass did not get its VM to run, or did not reach it: {words|see the message}.',
    why: '"KVM support": /dev/kvm is missing or virtualisation off in the firmware. "timed out": the VM runs and got no address or did not finish cloud-init: a firewall or VPN of the host (ufw, Docker) drops DHCP and traffic of mpqemubr0, or it is slow.',
    hint: '`kvm-ok`; `multipass list` shows whether it has an address, `journalctl -u snap.multipass.multipassd` the daemon; let the bridge through (`sudo ufw allow in on mpqemubr0`, `sudo ufw route allow in on mpqemubr0`), and give it time: `--timeout 900`.',
    reference: multipass,
    confidence: 'likely',
  },
  {
    id: 'vagrant-provider-missing',
    line: [
      /\bNo usable default provider could be found for your system\b/,
      /\bThe provider '(?<provider>[\w-]{1,40})' could not be found, but was requested to\b/,
      /\bThe plugins failed to load properly\b|\bVagrant failed to initialize at a very early stage\b/,
    ],
    what: 'Vagrant has no provider {provider|} that works on this machine.',
    why: 'VirtualBox is not installed, or the plug-in (vagrant-libvirt, vagrant-cloud-hypervisor and others) is not, or was built for another version of Vagrant or Ruby.',
    hint: '`vagrant plugin list`, `vagrant plugin install vagrant-libvirt` (needs libvirt-dev and a compiler; or the package vagrant-libvirt), `vagrant up --provider=libvirt`; after an update `vagrant plugin repair`.',
    reference: `${vagrant}/providers`,
    confidence: 'likely',
  },
  {
    id: 'vagrant-box-provider',
    line: [
      /\bThe box you'?re attempting to add doesn'?t support the provider\b/,
      /\bThe box '(?<box>[^']{1,80})' (?:could not be found|isn't available for the provider)/,
      /\bbox you're adding .{0,40}doesn'?t (?:match|support) the provider/i,
    ],
    what: 'The box of Vagrant {box|} is not made for the provider in use, or is not found.',
    why: 'A box holds the image for one provider (virtualbox, libvirt); many have none for libvirt or for arm64.',
    hint: 'Choose a box that lists that provider (generic/…, and for libvirt those of the distributions), or convert it with the plug-in vagrant-mutate.',
    reference: `${vagrant}/boxes`,
    confidence: 'likely',
  },
  {
    id: 'vagrant-boot-timeout',
    line: [
      /\bTimed out while waiting for the machine to boot\b/,
      /\bunable to communicate with the guest machine within\b/,
    ],
    what: 'Vagrant started the VM and did not reach it by ssh in time.',
    why: 'The guest is still booting or stuck (look at its console), got no address, or its sshd or the key of vagrant is not as expected; without hardware virtualisation it is slow.',
    hint: 'Watch the console (in VirtualBox vb.gui = true; `virsh console`, `virt-viewer`), raise config.vm.boot_timeout, and try `vagrant ssh -- -v`.',
    reference: `${vagrant}/vagrantfile/machine_settings`,
    confidence: 'likely',
  },
  {
    id: 'incus-qemu-exited',
    line: [
      /\bFailed to run: \S{0,120}(?:forklimits|\/qemu-system-\w{1,20}) .{1,600}: exit status (?<code>\d{1,3})/,
    ],
    what: 'Incus or LXD reports that QEMU ended at its start (exit code {code|1}); its own words are in the log of the instance.',
    why: 'Usual are an option that this QEMU does not know, memory that the host has not got, AppArmor, a device that is passed through, or KVM that is busy.',
    hint: '`incus info NAME --show-log` (LXD: `lxc info NAME --show-log`) prints the log of QEMU; `sudo dmesg | grep -i denied`.',
    reference: incus,
    confidence: 'possible',
  },
  {
    id: 'libvirt-guest-address-unknown',
    line: [
      /\bcouldn'?t retrieve IP address of domain\b/,
      /\b(?:no|couldn't find|could not find|unable to find|failed to get) (?:an? )?(?:IP|DHCP) (?:address|lease) (?:for|of) (?:the )?domain\b/i,
      /\bWaiting for domain to get an IP address\b.{0,80}(?:time|fail)/i,
      /\bspecified wait_for timeout \(.{1,20}\) was exceeded/,
      /\blast state: 'waiting-addresses'/,
    ],
    what: 'A tool (Terraform, Vagrant, minikube) waited for the address of a libvirt guest and did not see one.',
    why: 'libvirt knows addresses from the leases of its own dnsmasq or from the guest agent: the guest did not boot or asked for none, a firewall drops DHCP on the bridge, or it is on a bridge of the host, whose DHCP server libvirt does not see.',
    hint: '`virsh console NAME` shows the boot; `virsh domifaddr NAME --source lease` (or `agent`, `arp`) what is known; install qemu-guest-agent in the image and use it as the source (Terraform: qemu_agent = true).',
    reference: 'https://libvirt.org/manpages/virsh.html',
    confidence: 'likely',
  },
]
