/** Defaults of the configuration: constants stand in the table of keys, those that depend on others here. */
import { addressesOf, guestSuffix, macOf } from './guests.ts'
import { type ComputedKey, type Config, type ConfigKey, type ConfigValue, type Key, keys } from './keys.ts'

/** What defaults read of the host. */
export interface Environment {
  readonly arch: string
  readonly home: string
  /** `$XDG_DATA_HOME`, already defaulted to `~/.local/share`. */
  readonly dataHome: string
}

/** What is set; values have the types that `parseValue` returns. */
export type Values = ReadonlyMap<ConfigKey, ConfigValue>

type Computed = { readonly [Name in ComputedKey]: (config: Config, env: Environment) => Config[Name] }

/** In this order: a default may depend on every other key that is not below it here. */
const computed: Computed = {
  data_dir: (_, env) => `${env.dataHome}/chv-doctor`,
  disk: ({ data_dir, image, guest }) => `${data_dir}/${image}${guestSuffix(guest)}.raw`,
  firmware: ({ data_dir }, { arch }) => `${data_dir}/${arch === 'aarch64' ? 'CLOUDHV_EFI.fd' : 'CLOUDHV.fd'}`,
  kernel: ({ data_dir }, { arch }) => `${data_dir}/${arch === 'aarch64' ? 'Image' : 'vmlinux'}`,
  seed: ({ data_dir, guest }) => `${data_dir}/cloud-init${guestSuffix(guest)}.img`,
  tap: ({ guest }) => `vm-tap${guest - 1}`,
  gateway_address: ({ guest_range, guest }) => addressesOf(guest_range, guest).host,
  guest_address: ({ network, guest_range, guest }) =>
    network === 'bridge' ? 'dhcp' : addressesOf(guest_range, guest).guest,
  guest_mac: ({ guest }) => macOf(guest),
}

const constantOf = (key: Key): ConfigValue => ('default' in key ? key.default : null)

/** Adds the defaults of all keys that are not set. */
export const withDefaults = (values: Values, env: Environment): Config => {
  const entries = keys.map((key) => [key.name, values.has(key.name) ? values.get(key.name) : constantOf(key)])
  const config = Object.fromEntries(entries) as Config
  for (const name of Object.keys(computed) as ComputedKey[])
    if (!values.has(name)) Object.assign(config, { [name]: computed[name](config, env) })
  return Object.freeze(config)
}
