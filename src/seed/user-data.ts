/**
 * What is wrong with a #cloud-config although it is valid YAML: mistakes with which cloud-init fails,
 * or does something else than was meant. Words only name keys and users, never a value.
 */
import { isMap } from '../util/json.ts'
import { faultOfSchema, type SchemaFault } from './schema.ts'

/** Keys of which cloud-init's modules walk the items; with a string they fail or go letter by letter. */
const lists = ['bootcmd', 'runcmd', 'packages', 'write_files', 'mounts', 'ssh_authorized_keys']

const passwords = ['plain_text_passwd', 'hashed_passwd', 'passwd']

const notText = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== 'string'

const faultOfUser = (user: unknown): string | null => {
  // A list of names is allowed in the place of one.
  if (typeof user === 'string' || Array.isArray(user)) return null
  if (!isMap(user) || (user.name === undefined && user.snapuser === undefined))
    return 'has a user without a name'
  if (user.name !== undefined && typeof user.name !== 'string')
    return 'has a user whose name is no text, for want of quotes'
  const password = passwords.find((key) => notText(user[key]))
  return password
    ? `has a ${password} for ${user.name ?? user.snapuser} that is no text, for want of quotes`
    : null
}

const faultOfUsers = (users: unknown): string | null => {
  if (isMap(users)) {
    // A map has the names of users as its keys; others than maps and true below them create nothing.
    const isUser = (value: unknown) => isMap(value) || value === true
    return Object.values(users).every(isUser) ? null : 'has users without dashes; each starts with "- name:"'
  }
  if (!Array.isArray(users)) return null
  for (const user of users) {
    const fault = faultOfUser(user)
    if (fault) return fault
  }
  return null
}

/** cloud-init runs nothing of a list in which one command is no text and no list of words. */
const faultOfCommands = (value: Readonly<Record<string, unknown>>): string | null => {
  const key = ['bootcmd', 'runcmd'].find(
    (name) => Array.isArray(value[name]) && (value[name] as unknown[]).some((command) => isMap(command)),
  )
  return key === undefined ? null : `has a ${key} with a map instead of a command, for want of quotes`
}

/** @returns the end of a sentence that starts with "user-data", or null */
export const faultOfUserData = (value: unknown): string | null => {
  // A #cloud-config with nothing below it asks for nothing, and is allowed.
  if (value === null || value === undefined) return null
  if (!isMap(value)) return 'is no map of settings'
  const list = lists.find(
    (key) => value[key] !== undefined && value[key] !== null && !Array.isArray(value[key]),
  )
  if (list) return `has a ${list} that is no list`
  if (notText(value.password)) return 'has a password that is no text, for want of quotes'
  return faultOfCommands(value) ?? faultOfUsers(value.users)
}

/** What works, and does something else than was meant: `network:` has no effect in user-data. */
export const doubtOfUserData = (value: unknown): SchemaFault | null =>
  isMap(value) && value.network !== undefined
    ? { kind: 'ignored', what: 'has network:, which cloud-init reads from network-config alone' }
    : faultOfSchema(value)
