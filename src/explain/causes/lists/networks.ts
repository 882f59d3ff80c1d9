/** Networks of host and guest, and logging in over them. In the order in which they are tried. */
import { containers } from '../containers/containers.ts'
import { ansible } from '../managers/ansible.ts'
import { libvirt } from '../managers/libvirt.ts'
import { provisioners } from '../managers/provisioners.ts'
import { captures } from '../networks/captures.ts'
import { capturesBetween } from '../networks/captures-between.ts'
import { connections } from '../networks/connections.ts'
import { containerNetworks } from '../networks/container-networks.ts'
import { dhcpClients } from '../networks/dhcp-clients.ts'
import { dhcpServers } from '../networks/dhcp-servers.ts'
import { firewallRules } from '../networks/firewall-rules.ts'
import { guestNetwork } from '../networks/guest-network.ts'
import { hostNetwork } from '../networks/host-network.ts'
import { hostPaths } from '../networks/host-paths.ts'
import { ipAddresses } from '../networks/ip-addresses.ts'
import { ipLinks } from '../networks/ip-links.ts'
import { linkCards } from '../networks/link-cards.ts'
import { namesOfHosts } from '../networks/names-of-hosts.ts'
import { portsTaken } from '../networks/ports.ts'
import { reach } from '../networks/reach.ts'
import { shownBridges } from '../networks/shown-bridges.ts'
import { shownConfigs } from '../networks/shown-configs.ts'
import { shownNetworks } from '../networks/shown-networks.ts'
import { shownStates } from '../networks/shown-states.ts'
import { shownTunnels } from '../networks/shown-tunnels.ts'
import { shownWays } from '../networks/shown-ways.ts'
import { shownWiring } from '../networks/shown-wiring.ts'
import { ssh } from '../networks/ssh.ts'
import { sshClient } from '../networks/ssh-client.ts'
import { switchesTunnels } from '../networks/switches-tunnels.ts'
import type { Layered } from './layered.ts'

export const networksLists: Layered = [
  ['network', shownConfigs],
  ['other', containers],
  ['other', libvirt],
  ['network', sshClient],
  ['other', provisioners],
  ['other', ansible],
  ['network', ipLinks],
  ['network', linkCards],
  ['network', ipAddresses],
  ['network', containerNetworks],
  ['network', firewallRules],
  ['network', dhcpServers],
  ['network', dhcpClients],
  ['network', shownWays],
  ['network', shownWiring],
  ['network', shownBridges],
  ['network', shownTunnels],
  ['network', namesOfHosts],
  ['network', portsTaken],
  ['network', connections],
  ['network', switchesTunnels],
  ['network', capturesBetween],
  ['network', captures],
  ['network', shownStates],
  ['network', shownNetworks],
  ['network', ssh],
  ['network', hostNetwork],
  ['network', hostPaths],
  ['network', reach],
  ['network', guestNetwork],
]
