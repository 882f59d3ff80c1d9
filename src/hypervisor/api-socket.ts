/** Where the API socket of a guest is, so that `stop` and `ssh` find the guest that `boot` started. */
import { createHash } from 'node:crypto'
import { lstat, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../config/keys.ts'
import { ensureDirectory } from '../files/directory.ts'
import { DoctorError, errnoOf, exit } from '../util/errors.ts'
import { pathFault } from '../util/trusted-path.ts'
import { askApi, listens } from './api.ts'

/** sun_path of unix(7) has 108 bytes, with its final NUL. */
const maxSocketBytes = 107

type Env = Readonly<Record<string, string | undefined>>

/** A word that names the guest on this host. No two guests run on one disk. */
export const guestName = ({ guest, disk }: Config): string =>
  `guest-${guest}-${createHash('sha256').update(disk).digest('hex').slice(0, 8)}`

/** The directory below /run that systemd makes for the unit of a guest. */
export const unitRuntimeDirectory = (config: Config): string => `chv-doctor-${guestName(config)}`

export const unitSocket = (config: Config): string => `/run/${unitRuntimeDirectory(config)}/api.sock`

/**
 * The first place that can be used counts. The runtime directory of a login comes last: it goes with the
 * login, and a guest in a terminal multiplexer stays.
 */
const ownPlaces = (config: Config, { XDG_RUNTIME_DIR: runtime }: Env): readonly string[] =>
  [`${config.data_dir}/run`, ...(runtime?.startsWith('/') ? [`${runtime}/chv-doctor`] : [])].map(
    (directory) => `${directory}/${guestName(config)}.sock`,
  )

const clear = async (socket: string) => {
  const info = await lstat(socket).catch((error) => {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  })
  if (info === null) return
  // 53.0 would remove whatever it is.
  if (!info.isSocket())
    throw new DoctorError(
      exit.failed,
      `Not started: ${socket} is in the way of the API socket, and is none. Remove it.`,
    )
  if (await listens(socket))
    throw new DoctorError(
      exit.failed,
      'Not started: this guest runs already; `chv-doctor stop` powers it off.',
    )
  // Left by a guest that was killed: releases before 53.0 refuse to start then.
  await rm(socket)
}

/**
 * Makes the private directory of the socket, and removes a socket that nothing listens on any more.
 * @returns the path for `--api-socket`; null where no place can be used
 * @throws DoctorError (exit 1) when the guest runs already, or another kind of file is in the way
 */
export const reserveApiSocket = async (config: Config, env: Env): Promise<string | null> => {
  for (const socket of ownPlaces(config, env)) {
    if (Buffer.byteLength(socket) > maxSocketBytes) continue
    try {
      await ensureDirectory(dirname(socket), 0o700)
    } catch (error) {
      if (error instanceof DoctorError) continue
      throw error
    }
    await clear(socket)
    return socket
  }
  return null
}

/** Removes a socket of a guest that has ended, with the lock that 53.0 leaves beside it. */
export const removeApiSocket = async (socket: string): Promise<void> => {
  if (await listens(socket)) return
  for (const path of [socket, `${socket}.lock`]) await rm(path, { force: true })
}

/** A Cloud Hypervisor that runs this guest. */
export interface RunningVmm {
  readonly socket: string
  /** Null: it listens, but does not answer. */
  readonly pid: number | null
}

/**
 * @param uid of the user that the doctor acts for: a socket that others could have put there is passed over
 * @returns the guest that `boot` or its unit started; null when none listens
 */
export const findVmm = async (config: Config, env: Env, uid: number): Promise<RunningVmm | null> => {
  for (const socket of [...ownPlaces(config, env), unitSocket(config)]) {
    if (Buffer.byteLength(socket) > maxSocketBytes || !(await listens(socket))) continue
    if ((await pathFault(socket, uid).catch(() => 'unknown')) !== null) continue
    const pid = (await askApi(socket, 'vmm.ping'))?.pid
    return { socket, pid: typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 1 ? pid : null }
  }
  return null
}
