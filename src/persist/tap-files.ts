/** The TAP with its addresses, in the configuration format of each network manager. */
import { createHash } from 'node:crypto'
import { ipv6Pair, wantsMultiQueue } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { addTap, changeAddress, setLink, setMaster, tapAddresses } from '../network/tap-commands.ts'
import type { Argv } from '../util/argv.ts'
import type { NetworkManager } from './manager.ts'

/** A file of root that creates a part of the network at boot. */
export interface PersistentFile {
  readonly path: string
  readonly content: string
  readonly mode: number
  /** What it creates, for messages: "vm-tap0". */
  readonly makes: string
  /** One line for the plan. */
  readonly why: string
}

export interface Owner {
  readonly name: string
  readonly uid: number
}

const fileHeader = '# Written by chv-doctor for `persist_network: true`; `chv-doctor undo` removes it.'

/** The name where it needs no quotes in any format, else the number. */
const ownerWord = ({ name, uid }: Owner): string => (/^[a-z_][a-z0-9_-]*$/.test(name) ? name : String(uid))

/** The blocks of a file as text, an empty line between them. */
const blocks = (...parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`

/** systemd.netdev(5), systemd.network(5). "10-": the first file that matches an interface wins. */
const networkd = (config: Config, owner: Owner): PersistentFile[] => {
  const six = ipv6Pair(config)
  const name = `/etc/systemd/network/10-chv-doctor-${config.tap}`
  const routed = config.network === 'tap'
  return [
    {
      path: `${name}.netdev`,
      mode: 0o644,
      makes: config.tap,
      why: `systemd-networkd makes ${config.tap} at boot`,
      content: blocks(
        [fileHeader],
        ['[NetDev]', `Name=${config.tap}`, 'Kind=tap'],
        ['[Tap]', `User=${ownerWord(owner)}`, ...(wantsMultiQueue(config) ? ['MultiQueue=yes'] : [])],
      ),
    },
    {
      path: `${name}.network`,
      mode: 0o644,
      makes: routed ? 'its address' : `its place on ${config.bridge}`,
      why: routed ? `and gives it ${config.gateway_address}` : `and makes it a port of ${config.bridge}`,
      content: blocks(
        [fileHeader],
        ['[Match]', `Name=${config.tap}`],
        // A TAP has no carrier until its VM starts, so that boot must not wait for it.
        ['[Link]', 'RequiredForOnline=no'],
        routed
          ? [
              '[Network]',
              `Address=${config.gateway_address}`,
              'ConfigureWithoutCarrier=yes',
              'IgnoreCarrierLoss=yes',
              `LinkLocalAddressing=${six ? 'ipv6' : 'no'}`,
              'IPv6AcceptRA=no',
            ]
          : ['[Network]', `Bridge=${config.bridge}`, 'LinkLocalAddressing=no', 'ConfigureWithoutCarrier=yes'],
        six ? ['[Address]', `Address=${six.host}`, 'DuplicateAddressDetection=none'] : [],
      ),
    },
  ]
}

/** A connection needs a unique id; the same name gives the same id. */
const uuidOf = (name: string): string => {
  const hex = createHash('sha256').update(`chv-doctor ${name}`).digest('hex')
  // Version 8 of RFC 9562: for experimental or vendor-specific use.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** nm-settings-keyfile(5); NetworkManager ignores a file that others than root can read. */
const networkmanager = (config: Config, owner: Owner): PersistentFile[] => {
  const six = ipv6Pair(config)
  const routed = config.network === 'tap'
  const id = `chv-doctor-${config.tap}`
  return [
    {
      path: `/etc/NetworkManager/system-connections/${id}.nmconnection`,
      mode: 0o600,
      makes: config.tap,
      why: `NetworkManager makes ${config.tap} at boot`,
      content: blocks(
        [fileHeader],
        [
          '[connection]',
          `id=${id}`,
          `uuid=${uuidOf(config.tap)}`,
          'type=tun',
          `interface-name=${config.tap}`,
          'autoconnect=true',
          ...(routed ? [] : [`master=${config.bridge}`, 'slave-type=bridge']),
        ],
        [
          '[tun]',
          // NM_SETTING_TUN_MODE_TAP
          'mode=2',
          `owner=${owner.uid}`,
          ...(wantsMultiQueue(config) ? ['multi-queue=true'] : []),
        ],
        routed ? ['[ipv4]', 'method=manual', `address1=${config.gateway_address}`, 'never-default=true'] : [],
        routed
          ? six
            ? ['[ipv6]', 'method=manual', `address1=${six.host}`, 'never-default=true']
            : ['[ipv6]', 'method=disabled']
          : [],
      ),
    },
  ]
}

/** @returns the commands that create the TAP, for hosts whose network manager has no TAP of its own */
export const tapCommands = (config: Config, owner: Owner): readonly Argv[] => {
  const { tap } = config
  return [
    addTap(tap, { owner: ownerWord(owner), group: null, multiQueue: wantsMultiQueue(config) }),
    ...(config.network === 'bridge' ? [setMaster(tap, config.bridge)] : []),
    ...tapAddresses(config).map((address) => changeAddress('replace', address, tap)),
    setLink(tap, 'up'),
  ]
}

/** interfaces(5): its lines run in a shell, so that no word may need quotes. */
const ifupdown = (config: Config, owner: Owner): PersistentFile[] => {
  const { tap } = config
  const six = ipv6Pair(config)
  const queues = wantsMultiQueue(config) ? ' multi_queue' : ''
  const make = `    pre-up [ -e /sys/class/net/${tap} ] || ip tuntap add dev ${tap} mode tap user ${ownerWord(owner)}${queues}`
  return [
    {
      path: `/etc/network/interfaces.d/chv-doctor-${tap}`,
      mode: 0o644,
      makes: tap,
      why: `ifupdown makes ${tap} at boot`,
      content: blocks(
        [fileHeader],
        config.network === 'tap'
          ? [`auto ${tap}`, `iface ${tap} inet static`, `    address ${config.gateway_address}`, make]
          : [
              `auto ${tap}`,
              `iface ${tap} inet manual`,
              make,
              `    up ip link set dev ${tap} master ${config.bridge} up`,
            ],
        six
          ? [`iface ${tap} inet6 static`, `    address ${six.host}`, '    dad-attempts 0', '    accept_ra 0']
          : [],
      ),
    },
  ]
}

/** @returns the files for a manager; none for `unit`, which creates the TAP by commands */
export const tapFiles = (manager: NetworkManager, config: Config, owner: Owner): PersistentFile[] => {
  switch (manager) {
    case 'networkd':
      return networkd(config, owner)
    case 'networkmanager':
      return networkmanager(config, owner)
    case 'ifupdown':
      return ifupdown(config, owner)
    case 'unit':
      return []
  }
}

/** @returns why a name cannot be written to these files: the end of a sentence; or null */
export const nameProblem = (manager: NetworkManager, { tap, bridge, network }: Config): string | null => {
  const plain = manager === 'ifupdown' ? /^[A-Za-z0-9_-]+$/ : /^[A-Za-z0-9_.-]+$/
  const names = network === 'bridge' ? [tap, bridge] : [tap]
  const odd = names.find((name) => !plain.test(name))
  return odd === undefined ? null : `the name ${odd} has characters that mean something in files at boot`
}
