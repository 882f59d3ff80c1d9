/** Real TAPs in a network namespace of their own: what ip prints of them, and what the fix makes of them. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tapAddress } from '../../checks/tap-address.ts'
import { tapDevice } from '../../checks/tap-device.ts'
import { createTap } from '../../fixes/create-tap.ts'
import type { Config } from '../../src/config/keys.ts'
import { machineArch } from '../../src/host/host.ts'
import { createKernelHelper } from '../../src/host/kernel-helper.ts'
import type { Argv } from '../../src/util/argv.ts'
import { judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { showAddresses } from '../helpers/interfaces.ts'
import { because } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const namespace = `chv-doctor-${process.pid}`
const inside = (...argv: readonly string[]) => ['netns', 'exec', namespace, ...argv]
const ip = (...args: readonly string[]) =>
  execFileSync('ip', inside('ip', ...args), { encoding: 'utf8', stdio: 'pipe' })

const works = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const why =
  process.getuid?.() !== 0
    ? 'needs root'
    : !works('perl', '-e', '1')
      ? 'needs perl'
      : !works('sh', '-c', `ip netns add ${namespace}-0 && ip netns del ${namespace}-0`)
        ? 'needs ip and network namespaces'
        : null

/** What the real helper, in the namespace of the TAPs, says of the carrier; looked at before each question. */
let heldNow: boolean | null = null
const lookForHolder = async (): Promise<boolean | null> => {
  const perl = `${scratch()}/perl`
  writeFileSync(perl, `#!/bin/sh\nexec ip netns exec ${namespace} perl "$@"\n`, { mode: 0o755 })
  const helper = createKernelHelper(async (name) => (name === 'perl' ? perl : null), machineArch())
  const answer = await helper.ask(`carrier ${Buffer.from('vm-tap0').toString('hex')}`)
  helper.close()
  heldNow = answer?.carrier === undefined ? null : answer.carrier === '1'
  return heldNow
}

/** The user of these TAPs is nobody: there is one on every host, and it has no binary and no capability. */
const user = { uid: 65534, gid: 65534, name: 'nobody', groups: [65534] }
const hostNow = () =>
  fakeHost({
    user,
    carrier: { 'vm-tap0': heldNow },
    // There is no way out of this namespace.
    commands: { [showAddresses]: ip('-j', '-d', 'addr', 'show'), 'ip -j -4 route get 9.9.9.9': { code: 2 } },
    files: { '/srv/ch': null, '/etc/group': 'root:x:0:\n' },
  })
const config = (changes: Partial<Config> = {}) => configWith({ hypervisor: '/srv/ch', ...changes })

const device = async (changes?: Partial<Config>) =>
  judgeFacts(tapDevice, await tapDevice.probe(hostNow(), config(changes)), config(changes))
const address = async () => judgeFacts(tapAddress, await tapAddress.probe(hostNow(), config()), config())

/** Carries the fix out, step by step; gives back how to undo it, newest first. */
const repair = async () => {
  const survey = await createTap.survey?.(hostNow(), {}, config())
  if (!survey) throw new Error('create-tap has a survey')
  const undo: Argv[][] = []
  for (const step of createTap.plan({}, config(), survey)) {
    if (step.kind !== 'run') throw new Error(`unexpected step: ${step.kind}`)
    execFileSync('ip', inside(...step.argv), { stdio: 'pipe' })
    undo.unshift([...(step.undo ?? [])])
  }
  return undo.flat()
}

// TUNSETIFF with IFF_TAP and IFF_NO_PI, as a hypervisor does it; then wait until standard input ends.
const holder = `
  $| = 1;
  open(my $tun, '+<', '/dev/net/tun') or die $!;
  my $request = pack('a16 s x22', $ARGV[0], $ARGV[1]);
  ioctl($tun, 0x400454ca, $request) or die $!;
  print "held\\n"; <STDIN>;
`
const hold = async (name: string, flags = 0x1002): Promise<ChildProcess> => {
  const child = spawn('ip', inside('perl', '-e', holder, name, String(flags)), {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the holder ended with ${code}`)))
  })
  return child
}
const release = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.stdin?.end()
  })

describe.skipIf(why)(`real TAPs${because(why)}`, () => {
  beforeAll(() => execFileSync('ip', ['netns', 'add', namespace]))
  afterAll(() => execFileSync('ip', ['netns', 'del', namespace]))
  beforeEach(() => ip('link', 'set', 'lo', 'up'))
  afterEach(() => spawnSync('ip', inside('ip', 'link', 'delete', 'dev', 'vm-tap0')))

  const add = (...options: string[]) => {
    ip('tuntap', 'add', 'dev', 'vm-tap0', 'mode', 'tap', ...options)
    ip('link', 'set', 'vm-tap0', 'up')
  }

  it.each([
    ['its own', ['user', 'nobody'], {}, { status: 'ok', found: 'vm-tap0, owner nobody, up' }],
    ['with no owner', [], {}, { status: 'ok', found: 'vm-tap0, any owner, up' }],
    ["another user's", ['user', 'root'], {}, { status: 'fail', code: 'tap-device/foreign-owner' }],
    [
      'of a uid without name',
      ['user', '4242'],
      {},
      { status: 'fail', code: 'tap-device/foreign-owner', values: { owner: '4242' } },
    ],
    [
      "another group's",
      ['user', 'nobody', 'group', 'root'],
      {},
      { status: 'fail', code: 'tap-device/foreign-group', values: { group: 'root' } },
    ],
    ['multi_queue', ['multi_queue'], {}, { status: 'fail', code: 'tap-device/has-multi-queue' }],
    ['multi_queue, wanted', ['multi_queue'], { num_queues: 4 }, { status: 'ok' }],
    [
      'single queue, two pairs wanted',
      [],
      { num_queues: 4 },
      { status: 'fail', code: 'tap-device/lacks-multi-queue' },
    ],
  ])('%s', async (_, options, changes, verdict) => {
    add(...options)
    expect(await device(changes)).toMatchObject(verdict)
  })

  it('missing, down, a bridge, a TUN', async () => {
    expect(await device()).toMatchObject({ code: 'tap-device/missing' })
    ip('tuntap', 'add', 'dev', 'vm-tap0', 'mode', 'tap')
    expect(await device()).toMatchObject({ code: 'tap-device/down' })
    ip('link', 'delete', 'dev', 'vm-tap0')
    ip('link', 'add', 'vm-tap0', 'type', 'bridge')
    expect(await device()).toMatchObject({ code: 'tap-device/not-a-tap', values: { kind: 'bridge' } })
    ip('link', 'delete', 'dev', 'vm-tap0')
    ip('tuntap', 'add', 'dev', 'vm-tap0', 'mode', 'tun')
    expect(await device()).toMatchObject({ code: 'tap-device/not-a-tap', values: { kind: 'tun' } })
  })

  it.each([
    ['one queue', [], 0x1002, {}],
    ['multi_queue', ['multi_queue'], 0x1102, { num_queues: 4 }],
  ])('held by a process: %s', async (_, options, flags, changes) => {
    add(...options)
    const child = await hold('vm-tap0', flags)
    const verdict = await device(changes)
    const carrier = execFileSync('ip', inside('cat', '/sys/class/net/vm-tap0/carrier'), { encoding: 'utf8' })
    await release(child)
    expect(verdict).toMatchObject({ status: 'warn', code: 'tap-device/in-use' })
    // What the fix looks at before it deletes one.
    expect(carrier.trim()).toBe('1')
    expect(await device(changes)).toMatchObject({ status: 'ok' })
  })

  it('held by a process while it is down: seen, and not replaced', async () => {
    ip('tuntap', 'add', 'dev', 'vm-tap0', 'mode', 'tap', 'user', 'root')
    expect(await lookForHolder()).toBe(false)
    const child = await hold('vm-tap0')
    expect(await lookForHolder()).toBe(true)
    expect(await device()).toMatchObject({ code: 'tap-device/foreign-owner', values: { inUse: true } })
    await expect(repair()).rejects.toThrow('unexpected step: manual')
    await release(child)
    expect(await lookForHolder()).toBe(false)
    expect(await device()).toMatchObject({ code: 'tap-device/foreign-owner' })
  })

  it('goes to a bridge and back, and a replaced port returns to it', async () => {
    ip('link', 'add', 'br7', 'type', 'bridge')
    add('user', 'root')
    ip('link', 'set', 'vm-tap0', 'address', '02:11:22:33:44:55', 'master', 'br7')
    const before = (await tapDevice.probe(hostNow(), config())).tap
    expect(before).toMatchObject({ master: 'br7', mac: '02:11:22:33:44:55' })
    const undo = await repair()
    expect(await device()).toMatchObject({ status: 'ok', found: 'vm-tap0, owner nobody, up' })
    for (const argv of undo) execFileSync('ip', inside(...argv), { stdio: 'pipe' })
    expect((await tapDevice.probe(hostNow(), config())).tap).toEqual(before)
    ip('link', 'delete', 'br7')
  })

  it('is made by the fix, found in order, and gone after undo', async () => {
    const undo = await repair()
    expect(await device()).toEqual({ status: 'ok', found: 'vm-tap0, owner nobody, up' })
    expect(await address()).toMatchObject({ status: 'ok' })
    expect(await repair()).toEqual([])
    for (const argv of undo) execFileSync('ip', inside(...argv), { stdio: 'pipe' })
    expect(await device()).toMatchObject({ code: 'tap-device/missing' })
  })

  it('is replaced by the fix when it is wrong, and restored by undo', async () => {
    add('user', 'root', 'group', 'root', 'multi_queue')
    ip('addr', 'add', '10.77.0.1/24', 'dev', 'vm-tap0')
    ip('addr', 'add', '192.168.249.1/32', 'dev', 'vm-tap0')
    const before = (await tapDevice.probe(hostNow(), config())).tap
    const undo = await repair()
    expect(await device()).toMatchObject({ status: 'ok', found: 'vm-tap0, owner nobody, up' })
    expect(await address()).toMatchObject({ status: 'ok' })
    for (const argv of undo) execFileSync('ip', inside(...argv), { stdio: 'pipe' })
    expect((await tapDevice.probe(hostNow(), config())).tap).toEqual(before)
  })

  it('gets what it lacks, and keeps the rest, both ways', async () => {
    ip('tuntap', 'add', 'dev', 'vm-tap0', 'mode', 'tap', 'user', 'nobody')
    ip('addr', 'add', '192.168.249.1/32', 'dev', 'vm-tap0')
    expect(await address()).toMatchObject({
      code: 'tap-address/wrong-address',
      values: { addresses: ['192.168.249.1/32'] },
    })
    const before = (await tapDevice.probe(hostNow(), config())).tap
    const undo = await repair()
    expect(await address()).toMatchObject({ status: 'ok' })
    for (const argv of undo) execFileSync('ip', inside(...argv), { stdio: 'pipe' })
    expect((await tapDevice.probe(hostNow(), config())).tap).toEqual(before)
  })
})
