/** What the programs say that make, configure and watch networks, in the order in which it is tried. */
import type { Cause } from '../cause.ts'
import { captures } from './captures.ts'
import { connections } from './connections.ts'
import { containerNetworks } from './container-networks.ts'
import { dhcpClients } from './dhcp-clients.ts'
import { dhcpServers } from './dhcp-servers.ts'
import { firewallRules } from './firewall-rules.ts'
import { ipAddresses } from './ip-addresses.ts'
import { ipLinks } from './ip-links.ts'
import { linkCards } from './link-cards.ts'
import { namesOfHosts } from './names-of-hosts.ts'
import { portsTaken } from './ports.ts'
import { shownNetworks } from './shown-networks.ts'
import { shownStates } from './shown-states.ts'
import { switchesTunnels } from './switches-tunnels.ts'

export const networks: readonly Cause[] = [
  ...ipLinks,
  ...linkCards,
  ...ipAddresses,
  ...containerNetworks,
  ...firewallRules,
  ...dhcpServers,
  ...dhcpClients,
  ...namesOfHosts,
  ...portsTaken,
  ...connections,
  ...switchesTunnels,
  ...captures,
  ...shownStates,
  ...shownNetworks,
]
