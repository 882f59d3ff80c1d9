/** Why a guest that was started so has no network: one reason each (facts of `--net`, and of the seed that upstream's script makes). */
import { type Advice, doc, issue } from '../cause.ts'
import { type CommandLine, devices, type Options } from '../reading/command-line.ts'
import { told } from '../told.ts'

/** What test_data/cloud-init/ubuntu/local/network-config says, which scripts/create-cloud-init.sh packs. */
const sample = { mac: '12:34:56:78:90:ab', guest: '192.168.249.2', network: '192.168.249.' } as const

const readme = doc('README.md#firmware-booting')

/** Doubts about the network of a command. */
export const netDoubts = {
  netMacRandom: {
    id: 'net-mac-random',
    what: 'The guest gets a random MAC address at every start.',
    why: 'Without mac= (or with an empty one) nothing in the seed can match the interface, so cloud-init leaves it alone.',
    hint: "Write the MAC that the seed names: mac=12:34:56:78:90:ab for upstream's sample.",
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: issue(6386),
    confidence: 'certain',
  },
  netMacNotInSeed: {
    id: 'net-mac-not-in-seed',
    what: "The guest's MAC is {mac|another}; the sample seed of upstream matches 12:34:56:78:90:ab.",
    why: 'The network-config in the seed is applied to the interface with the MAC that it names. With another MAC the guest gets no address, and no DHCP either.',
    hint: 'Use one MAC in both places: `chv-doctor fix cloud-init` writes a seed that fits.',
    check: 'cloud-init',
    confirmedBy: ['cloud-init/mac-mismatch'],
    fix: { id: 'create-cloud-init', args: {} },
    reference: issue(6386),
    confidence: 'likely',
  },
  netOtherSubnet: {
    id: 'net-other-subnet',
    what: "The host's side is {ip|in another network}, while the sample seed gives the guest 192.168.249.2/24.",
    why: "ip= is the address of the TAP on the host, not of the guest; the guest's own comes from the seed alone. In two subnets they cannot reach each other.",
    hint: 'Use one subnet: ip=192.168.249.1 with the sample seed, or a seed made for yours.',
    check: 'cloud-init',
    confirmedBy: ['cloud-init/wrong-address', 'cloud-init/wrong-gateway', 'cloud-init/no-default-route'],
    fix: { id: 'create-cloud-init', args: {} },
    reference: readme,
    confidence: 'likely',
  },
  netIpIgnored: {
    id: 'net-ip-ignored',
    what: 'ip= and mask= have no effect if {tap|the TAP} exists already.',
    why: 'They are set only on a TAP that Cloud Hypervisor creates itself, which takes cap_net_admin. A TAP that was prepared keeps the address that it has; the log then warns "IP configuration will not be overwritten".',
    hint: 'Give {tap|the TAP} its address on the host (`chv-doctor fix create-tap`), and drop ip= and mask=.',
    check: 'tap-address',
    fix: { id: 'create-tap', args: {} },
    reference: readme,
    confidence: 'likely',
  },
  netSubnetOfLan: {
    id: 'net-subnet-of-lan',
    what: '{ip|ip=} lies in a network that home and office routers use.',
    why: 'If the host is in the same one, it has two routes to it: replies to the guest leave by the wrong interface, and the host may lose its own network.',
    hint: 'Choose an unused subnet, such as 192.168.249.0/24.',
    check: 'subnet-conflict',
    confirmedBy: [
      'subnet-conflict/in-other-network',
      'subnet-conflict/contains-gateway',
      'subnet-conflict/overlaps',
    ],
    reference: readme,
    confidence: 'likely',
  },
  netNoHostAddress: {
    id: 'net-no-host-address',
    what: '{tap|The TAP} gets no address from Cloud Hypervisor.',
    why: 'Up to release 48 an empty ip= meant 192.168.249.1/24, which fits the sample seed; from 49 on it means none. A TAP that was prepared keeps its own.',
    hint: 'Prepare the TAP with its address (`chv-doctor fix create-tap`), or write ip=192.168.249.1,mask=255.255.255.0.',
    check: 'tap-address',
    fix: { id: 'create-tap', args: {} },
    reference: doc('release-notes.md'),
    confidence: 'likely',
  },
  netNoNat: {
    id: 'net-no-nat',
    what: 'Nothing leads from the TAP to the outside.',
    why: 'Cloud Hypervisor sets up no forwarding and no NAT, and the sample seed names no name server: even with matching addresses the guest reaches the host and nothing else.',
    hint: 'On the host: net.ipv4.ip_forward=1, a masquerade rule for the subnet, and a FORWARD policy that lets it pass (Docker and ufw drop it); name servers in the seed.',
    check: 'nat',
    reference: issue(6398),
    confidence: 'likely',
  },
  seedNotReadAgain: {
    id: 'seed-not-read-again',
    what: 'A corrected seed is not applied to an image that has booted before.',
    why: "cloud-init runs its first-boot part once per instance-id, and the sample's is always `cloud`: a second boot of the same disk ignores what changed.",
    hint: 'Change the instance-id with the content (`chv-doctor fix cloud-init` does), or start from a fresh image.',
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: 'https://cloudinit.readthedocs.io/en/latest/explanation/first_boot.html',
    confidence: 'possible',
  },
} as const satisfies Readonly<Record<string, Advice>>

/** Addresses that home routers give out; a TAP in there gets a second route for the network of the host. */
const homeLan = /^192\.168\.(?:0|1|2|8|50|86|88|100|178)\.|^10\.0\.0\.|^10\.1\.1\./

const isGiven = (value: string | undefined): value is string => value !== undefined && value !== ''

const reasonsOf = (net: Options, withSeed: boolean): readonly Advice[] => {
  const { tap, mac, ip } = net
  const reasons: (Advice | false)[] = [
    !isGiven(mac) && netDoubts.netMacRandom,
    withSeed && isGiven(mac) && mac.toLowerCase() !== sample.mac && told(netDoubts.netMacNotInSeed, { mac }),
    withSeed && isGiven(ip) && !ip.startsWith(sample.network) && told(netDoubts.netOtherSubnet, { ip }),
    isGiven(ip) && isGiven(tap) && told(netDoubts.netIpIgnored, { tap }),
    isGiven(ip) && homeLan.test(ip) && told(netDoubts.netSubnetOfLan, { ip }),
    !isGiven(ip) && told(netDoubts.netNoHostAddress, { tap }),
    netDoubts.netNoNat,
  ]
  return reasons.filter((reason) => reason !== false)
}

const seedReason: Advice = netDoubts.seedNotReadAgain

/** @returns each reason why the guest of this command may have no network, most likely first */
export const netAdvice = (command: CommandLine): readonly Advice[] => {
  const nets = devices(command, 'net').filter((net) => net.vhost_user === undefined && net.fd === undefined)
  const first = nets[0]
  if (!first) return []
  const withSeed = devices(command, 'disk').length > 1
  return withSeed ? [...reasonsOf(first, true), seedReason] : reasonsOf(first, false)
}
