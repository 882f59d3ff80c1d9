/** What the target of an iptables rule does (iptables-extensions(8)). Pure. */
import { parseIPv4 } from '../util/address.ts'
import { andBits, type Bits, bits, orBits, unknownBits, xorBits } from './bits.ts'
import { type Action, notrack, type Packet, type Target } from './rules.ts'

const passing = new Set(
  [
    'AUDIT CHECKSUM CLASSIFY CONNSECMARK DSCP ECN HL HMARK IDLETIMER LED LOG NFLOG RATEEST',
    'SECMARK SET TCPMSS TCPOPTSTRIP TEE TOS TRACE TTL ULOG',
  ].flatMap((line) => line.split(' ')),
)

const wordAfter = (options: readonly string[], name: string): string | null => {
  const at = options.indexOf(name)
  return at < 0 ? null : (options[at + 1] ?? '')
}

/** VALUE[/MASK] as two marks; null when it is something else. */
const maskedOf = (text: string): readonly [Bits, Bits] | null => {
  const [value, mask = 0xffff_ffff] = text.split('/').map(Number)
  return value === undefined || Number.isNaN(value) || Number.isNaN(mask) ? null : [bits(value), bits(mask)]
}

const inverse = (mask: Bits): Bits => xorBits(mask, bits(0xffff_ffff))

/** The mark that `--set-xmark` and its like make of a mark. */
const markAfter = (options: readonly string[], mark: Bits): Bits => {
  const [name = '', value = ''] = options
  const [own, mask] = maskedOf(value) ?? []
  if (!own || !mask) return unknownBits
  switch (name) {
    case '--set-xmark':
      return xorBits(andBits(mark, inverse(mask)), own)
    case '--set-mark':
      return orBits(andBits(mark, inverse(mask)), own)
    case '--and-mark':
      return andBits(mark, own)
    case '--or-mark':
      return orBits(mark, own)
    case '--xor-mark':
      return xorBits(mark, own)
    default:
      return unknownBits
  }
}

/** CONNMARK copies between the mark of the packet and that of its connection, or sets the latter. */
const connectionMarkAction = (options: readonly string[]): Action => {
  const mask = (name: string) => bits(Number(wordAfter(options, name) ?? 0xffff_ffff))
  const [own, theirs] = [mask('--nfmask'), mask('--ctmask')]
  const change = (packet: Packet): Packet => {
    const { mark, connectionMark } = packet
    if (options[0] === '--save-mark')
      return {
        ...packet,
        connectionMark: xorBits(andBits(connectionMark, inverse(theirs)), andBits(mark, own)),
      }
    if (options[0] === '--restore-mark')
      return { ...packet, mark: xorBits(andBits(mark, inverse(own)), andBits(connectionMark, theirs)) }
    return { ...packet, connectionMark: markAfter(options, connectionMark) }
  }
  return { do: 'change', change }
}

/** "192.0.2.1", "192.0.2.1-192.0.2.9:80"; of a range the first address stands for all. */
const targetOf = (text: string | null): Target => {
  const [address = '', port] = (text ?? '').split(':')
  const number = Number(port)
  return {
    address: parseIPv4(address.split('-')[0] ?? ''),
    port: port === undefined || Number.isNaN(number) ? null : number,
  }
}

/**
 * @param options the words after the target
 * @param own the names of the chains of this table
 */
export const actionOf = (
  name: string | null,
  goto: boolean,
  options: readonly string[],
  own: ReadonlySet<string>,
): Action | null => {
  if (name === null || passing.has(name)) return null
  if (own.has(name)) return { do: goto ? 'goto' : 'jump', target: name }
  switch (name) {
    case 'ACCEPT':
      return { do: 'accept' }
    case 'DROP':
    case 'REJECT':
      return { do: 'drop' }
    case 'RETURN':
      return { do: 'return' }
    case 'MASQUERADE':
      return { do: 'masquerade' }
    case 'SNAT':
      return { do: 'snat', to: targetOf(wordAfter(options, '--to-source')) }
    case 'NETMAP':
      return { do: 'snat', to: { address: null, port: null } }
    case 'DNAT':
      return { do: 'dnat', to: targetOf(wordAfter(options, '--to-destination')) }
    case 'REDIRECT':
      return { do: 'dnat', to: null }
    case 'NOTRACK':
      return notrack
    case 'CT':
      return options.includes('--notrack') ? notrack : null
    case 'MARK':
      return { do: 'change', change: (packet) => ({ ...packet, mark: markAfter(options, packet.mark) }) }
    case 'CONNMARK':
      return connectionMarkAction(options)
    default:
      return { do: 'unknown' }
  }
}
