/** The files that a guest needs, and how they are let through to a service that sees nothing else. */
import type { Host } from '../../host/host.ts'
import type { Argv } from '../../util/argv.ts'
import { optionsIn } from '../arguments.ts'

export interface UsedPath {
  readonly path: string
  readonly writable: boolean
}

/** Values that name no file of the host, or one that the unit sets itself. */
const withoutFiles = new Set(['--cmdline', '--net', '--cpus', '--memory', '--platform', '--api-socket'])

const readOnlyFlags = new Set(['--firmware', '--kernel', '--initramfs'])

const pathsIn = (value: string): readonly string[] =>
  [...value.matchAll(/(?:^|,)(?:\w+=)?(\/[^,]+)/g)].map(([, path = '']) => path)

/** @returns the program, and the absolute paths in its arguments */
export const pathsOf = ([program, ...words]: Argv): readonly UsedPath[] => [
  { path: program, writable: false },
  ...optionsIn(words).flatMap(([flag, ...values]) =>
    withoutFiles.has(flag)
      ? []
      : values.flatMap((value) => {
          const writable = !readOnlyFlags.has(flag) && !/(?:^|,)readonly=(?:on|true)(?:,|$)/.test(value)
          return pathsIn(value).map((path) => ({ path, writable }))
        }),
  ),
]

/** A word of a list of paths (systemd.exec(5)): quoted, with "%" doubled. */
const quotePath = (path: string): string =>
  `"${path.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const isBelow = (path: string, directories: readonly string[]): boolean =>
  directories.some((directory) => path.startsWith(`${directory}/`))

const homes = ['/home', '/root', '/run/user']
const temporary = ['/tmp', '/var/tmp']

/** What does not exist yet is created in its directory, as a socket or a log is. */
const visible = async (host: Host, { path, writable }: UsedPath): Promise<UsedPath> =>
  writable && (await host.stat(path).catch(() => null)) === null
    ? { path: path.slice(0, path.lastIndexOf('/')) || '/', writable }
    : { path, writable }

/** @returns lines of a [Service] section: all files read-only, those of people hidden, but for the given ones */
export const pathLines = async (host: Host, used: readonly UsedPath[]): Promise<readonly string[]> => {
  const devices = used.filter(({ path }) => isBelow(path, ['/dev']))
  const files = await Promise.all(
    used.filter(({ path }) => !isBelow(path, ['/dev', '/sys', '/proc'])).map((one) => visible(host, one)),
  )
  const inHome = files.filter(({ path }) => isBelow(path, homes))
  // The files of VFIO have numbers that are known only where the device is bound.
  const passed = used.some(({ path }) => isBelow(path, ['/sys/bus/pci', '/sys/devices']))
  const lines = [
    ...(passed ? ['DeviceAllow=/dev/vfio/vfio rw', 'DeviceAllow=char-vfio rw'] : []),
    ...devices.map(({ path, writable }) => `DeviceAllow=${quotePath(path)} ${writable ? 'rw' : 'r'}`),
    'ProtectSystem=strict',
    'ProtectHome=tmpfs',
    ...inHome.map(({ path, writable }) => `Bind${writable ? '' : 'ReadOnly'}Paths=${quotePath(path)}`),
    ...files
      .filter(({ path, writable }) => writable && !isBelow(path, homes))
      .map(({ path }) => `ReadWritePaths=${quotePath(path)}`),
    ...(files.some(({ path }) => isBelow(path, temporary)) ? [] : ['PrivateTmp=yes']),
  ]
  return [...new Set(lines)]
}
