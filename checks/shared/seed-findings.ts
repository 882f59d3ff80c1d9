/** What can be wrong inside a NoCloud seed. */
import { finding } from '../../src/contract/finding.ts'

const anyFile = 'valid user-data, meta-data, network-config'

export const seedFindings = {
  'invalid-file': finding<{ file: string; fault: string }>({
    found: ({ file, fault }) => `${file} ${fault}`,
    expected: anyFile,
  }),
  'no-network-config': finding({
    found: 'no network-config: the guest will ask for an address by DHCP',
    expected: 'one that gives the guest its address: nothing on the TAP answers DHCP',
  }),
  'mac-mismatch': finding<{ macs: readonly string[]; mac: string }>({
    found: ({ macs }) => `the seed matches MAC ${macs.join(', ')}`,
    expected: ({ mac }) => `${mac}, which the guest gets`,
  }),
  'no-dhcp': finding({
    found: 'the seed does not ask for an address by DHCP',
    expected: 'dhcp4: true',
  }),
  'asks-for-dhcp': finding<{ wanted: string }>({
    found: 'the seed asks for an address by DHCP',
    expected: ({ wanted }) => `${wanted}: nothing on the TAP answers DHCP`,
  }),
  'no-address': finding<{ wanted: string }>({
    found: 'the seed gives the guest no address',
    expected: ({ wanted }) => wanted,
  }),
  'wrong-address': finding<{ addresses: readonly string[]; wanted: string; subnetOf: string | null }>({
    found: ({ addresses }) => `the seed gives the guest ${addresses.join(', ')}`,
    expected: ({ wanted, subnetOf }) =>
      subnetOf === null ? wanted : `${wanted}, in the subnet of the host, ${subnetOf}`,
  }),
  'no-default-route': finding<{ gateway: string }>({
    found: 'the seed has no default route',
    expected: ({ gateway }) => `a default route via ${gateway}`,
  }),
  'wrong-gateway': finding<{ gateways: readonly string[]; gateway: string }>({
    found: ({ gateways }) => `the seed routes through ${gateways.join(', ')}`,
    expected: ({ gateway }) => `a default route via ${gateway}`,
  }),
  'no-name-server': finding({
    found: 'the seed names no name server',
    expected: 'name servers: without them the guest resolves no name',
  }),
  'gateway4-deprecated': finding({
    found: 'the seed uses gateway4, which netplan deprecated',
    expected: 'routes: [{ to: 0.0.0.0/0, via: … }]',
  }),
  'reused-instance-id': finding<{ id: string }>({
    found: ({ id }) => `the instance-id ${id} was used for other content before`,
    expected: 'a new one: a guest that has booted ignores the change otherwise',
  }),
  'ignored-user-data': finding<{ what: string }>({
    found: ({ what }) => `user-data ${what}`,
    expected: anyFile,
  }),
  'user-data-mismatch': finding<{ what: string }>({
    found: ({ what }) => `user-data ${what}`,
    expected: 'what the schema of cloud-init allows: the guest warns of the rest, and may not apply it',
  }),
}
