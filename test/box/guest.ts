/** The guest, used by the machine's user: booted in the foreground, or verified. */
import { expect } from 'vitest'
import { type Architecture, architectures } from './machine.ts'
import { ample } from './patience.ts'
import type { Screen } from './screen.ts'
import type { Story } from './story.ts'

/** As the configuration's defaults have them. */
const guestUser = 'cloud'
const guestPassword = 'cloud123'

/** The guest takes ssh keys only: a person who wants to log in there has one. */
export const makeKey = async ({ machine }: Story): Promise<void> => {
  await machine.must("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519")
}

/** Takes kernel and initramfs out of the guest's distribution, as its user would, and has it booted by them. */
export const useKernel = async ({ machine }: Story, arch: Architecture = 'x86_64'): Promise<void> => {
  const config = '~/.config/chv-doctor/chv-doctor.yaml'
  const base = /^image_url: (\S+)\/[^/]+$/m.exec(await machine.must(`cat ${config}`))?.[1]
  const fetchBoth = `for (const name of ['vmlinuz', 'initrd'])
    fetch('${base}/' + name).then(async (answer) =>
      require('fs').writeFileSync('guest-' + name, Buffer.from(await answer.arrayBuffer())))`
  await machine.must(`node -e "${fetchBoth}"`)
  const lines = [
    'boot: kernel',
    'kernel: ~/guest-vmlinuz',
    'initramfs: ~/guest-initrd',
    `cmdline: root=LABEL=guest rw console=${architectures[arch].console} mitigations=off`,
  ]
  await machine.must(`cat >> ${config} <<'CONFIG'\n${lines.join('\n')}\nCONFIG`)
}

/** `boot --verify` in a terminal. @returns all that it showed */
export const verifyInTerminal = async ({ machine }: Story, flags = ''): Promise<string> => {
  const screen = await machine.terminal('verify')
  screen.keys(
    `clear; chv-doctor boot --verify --boot-timeout ${ample(600)} ${flags}; echo "exit code $?"`,
    'Enter',
  )
  const shown = await screen.shows(/exit code \d/, 900)
  screen.close()
  return shown
}

/** All that a guest in order shows while it runs, from outside and from within. */
export const expectUp = (shown: string): void => {
  const steps = ['login prompt', 'cloud-init finished', 'answers ping', 'user logs in by ssh']
  for (const step of [...steps, 'guest reaches host', 'guest resolves a name'])
    expect(shown).toMatch(new RegExp(`^ {2}ok {3}${step} `, 'm'))
}

/** The same, and that it powers off when it is told to. */
export const expectVerified = (shown: string): void => {
  expectUp(shown)
  expect(shown).toMatch(/^ {2}ok {3}powered off /m)
  expect(shown).toContain('exit code 0')
}

/**
 * `boot` in a terminal, until somebody has logged in at the guest's own console.
 * @returns the terminal, at the guest's shell prompt
 */
export const bootInTerminal = async ({ machine }: Story, name: string, flags = ''): Promise<Screen> => {
  const screen = await machine.terminal(name)
  screen.keys(`clear; chv-doctor boot ${flags}; echo "exit code $?"`, 'Enter')
  await screen.shows(/\blogin: *$/m, 600)
  // The prompt comes before cloud-init has made the user.
  await screen.shows(/Cloud-init v\. \S+ finished at/, 600)
  screen.keys('', 'Enter')
  screen.keys(guestUser, 'Enter')
  await screen.shows('Password: ')
  screen.keys(guestPassword, 'Enter')
  await screen.shows(/cloud@\S+:~\$ *$/m)
  return screen
}

/** Runs a command at the guest's prompt. @returns its exit code */
export const inGuest = async (screen: Screen, command: string): Promise<number> => {
  const mark = `done-${Math.random().toString(36).slice(2)}`
  // Split, so that the line that is typed does not look like its own result.
  screen.keys(`${command}; echo ${mark.slice(0, 5)}''${mark.slice(5)} $?`, 'Enter')
  const shown = await screen.shows(new RegExp(`${mark} \\d`))
  return Number(new RegExp(`${mark} (\\d+)`).exec(shown)?.[1])
}

/** From the guest: the host, a server beyond it, and a name, each through the TAP and NAT. */
export const expectNetwork = async (screen: Screen, host = '192.168.249.1'): Promise<void> => {
  expect(await inGuest(screen, `ping -c 1 -W 10 ${host}`), 'the guest reaches the host').toBe(0)
  expect(await inGuest(screen, 'ping -c 1 -W 10 10.0.2.2'), 'the guest reaches a server').toBe(0)
  expect(await inGuest(screen, 'getent hosts deb.debian.org'), 'the guest resolves a name').toBe(0)
}

/** Powers the guest off from within. */
export const powerOffGuest = async (screen: Screen): Promise<void> => {
  screen.keys('sudo poweroff', 'Enter')
  const shown = await screen.shows(/exit code \d/)
  expect(shown).toContain('exit code 0')
  screen.close()
}
