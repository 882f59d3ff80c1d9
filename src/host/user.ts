/**
 * Who the doctor acts for. Started under sudo, that is the person behind sudo: the process gives up
 * root at once and becomes that person again, with the groups of the shell that sudo was called from
 * (a group that was granted after that login is missing there too, and must look missing). The steps
 * that do need root then go through sudo like everybody else's.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { UsageError } from '../util/errors.ts'

export interface User {
  readonly uid: number
  readonly gid: number
  readonly name: string
  readonly home: string
  readonly groups: readonly number[]
  readonly viaSudo: boolean
}

interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
}

/** Parses /etc/passwd; malformed lines are passed over. */
export const parsePasswd = (text: string): Account[] =>
  text.split('\n').flatMap((line) => {
    const [name, , uid, gid, , home] = line.split(':')
    return name && uid && gid && home ? [{ name, uid: Number(uid), gid: Number(gid), home }] : []
  })

/** The real uid, parent and groups in the text of /proc/PID/status. */
export const parseProcStatus = (text: string): { uid: number; parent: number; groups: number[] } => {
  const field = (name: string) => (new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(text)?.[1] ?? '').trim()
  return {
    uid: Number(field('Uid').split(/\s+/)[0]),
    parent: Number(field('PPid')),
    groups: field('Groups').split(/\s+/).filter(Boolean).map(Number),
  }
}

const readOr = (path: string, fallback: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return fallback
  }
}

/** The groups of the nearest ancestor that runs as this user: the shell that called sudo. */
const groupsOfCaller = (uid: number): number[] | null => {
  let pid = process.ppid
  for (let depth = 0; depth < 16 && pid > 1; depth++) {
    const status = parseProcStatus(readOr(`/proc/${pid}/status`, ''))
    if (status.uid === uid) return status.groups
    pid = status.parent
  }
  return null
}

// Node has it, its published types do not.
const initgroups = (account: Account) =>
  (process as unknown as { initgroups(user: string, gid: number): void }).initgroups(
    account.name,
    account.gid,
  )

/** The account of a uid in /etc/passwd. */
export const accountOf = (uid: number): Account | undefined =>
  parsePasswd(readOr('/etc/passwd', '')).find((account) => account.uid === uid)

/** Accounts of a directory service (LDAP, SSSD) are in no file: getent(1) asks every source of nsswitch.conf(5). */
const accountFromService = (uid: number): Account | undefined => {
  const { stdout } = spawnSync('/usr/bin/getent', ['passwd', String(uid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C' },
    timeout: 5000,
  })
  return parsePasswd(stdout ?? '').find((account) => account.uid === uid)
}

/**
 * The account that called sudo; undefined when this is not root, or when root called sudo.
 * @throws UsageError when there is no such account: the process would stay root
 */
const accountBehindSudo = ({ SUDO_UID: text }: NodeJS.ProcessEnv, uid: number): Account | undefined => {
  if (uid !== 0 || !text || text === '0') return undefined
  const id = /^\d+$/.test(text) ? Number(text) : null
  const account = id === null ? undefined : (accountOf(id) ?? accountFromService(id))
  if (account) return account
  throw new UsageError(
    `SUDO_UID is ${text}, and this host has no such user to act for: run chv-doctor as that user, or as root with \`env -u SUDO_UID chv-doctor\`.`,
  )
}

/** The user of this process, as it is: root that sudo started stays root. */
export const currentUser = (env: NodeJS.ProcessEnv): User => {
  const uid = process.getuid?.() ?? 0
  const account = accountOf(uid)
  return {
    uid,
    gid: process.getgid?.() ?? 0,
    name: account?.name ?? String(uid),
    home: (env.HOME?.startsWith('/') ? env.HOME : account?.home) ?? '/',
    groups: process.getgroups?.() ?? [],
    viaSudo: false,
  }
}

/**
 * Finds out who the user is and, under sudo, becomes that user.
 * @param env the process environment; HOME, USER and LOGNAME are set for the user behind sudo
 * @throws UsageError when the user behind sudo is not known
 */
export const dropPrivileges = (env: NodeJS.ProcessEnv): User => {
  const uid = process.getuid?.() ?? 0
  const behind = accountBehindSudo(env, uid)
  if (behind) {
    const groups = groupsOfCaller(behind.uid)
    if (groups) process.setgroups?.(groups)
    else initgroups(behind)
    process.setgid?.(behind.gid)
    process.setuid?.(behind.uid)
    Object.assign(env, { HOME: behind.home, USER: behind.name, LOGNAME: behind.name })
  }
  return { ...currentUser(env), ...(behind ? { name: behind.name } : {}), viaSudo: behind !== undefined }
}
