/** The real helper, in both its languages, against the real kernel. */

import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, copyFileSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { getSystemErrorName } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import which from 'which'
import { netAdminInAttribute } from '../../src/host/capabilities.ts'
import { machineArch } from '../../src/host/host.ts'
import { createKernelHelper, parseAnswer } from '../../src/host/kernel-helper.ts'
import { errnoOf, Undetermined } from '../../src/util/errors.ts'
import { bundled } from '../helpers/bundled.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

/** A helper that has only the given programs to choose from. */
const helperWith = (programs: Readonly<Record<string, string | null>>) => {
  const helper = createKernelHelper(async (name) => programs[name] ?? null, machineArch())
  onTestFinished(() => helper.close())
  return helper
}
const xattr = (path: string) => `xattr ${Buffer.from(path).toString('hex')}`
const named = (number: string | undefined) => (number === '0' ? 'ok' : getSystemErrorName(-Number(number)))

/** What Node itself gets when it opens a device. */
const opened = (path: string): string => {
  try {
    closeSync(openSync(path, 'r+'))
    return 'ok'
  } catch (error) {
    return errnoOf(error) ?? 'no errno'
  }
}
const emptyFile = () => {
  const file = `${scratch()}/a file with blanks,\nlines and é`
  writeFileSync(file, '')
  return file
}

const setcapPath = which.sync('setcap', { nothrow: true, path: `${process.env.PATH}:/usr/sbin:/sbin` })
const whyNoCapability =
  process.getuid?.() !== 0
    ? ' (skipped: needs root)'
    : setcapPath === null
      ? ' (skipped: needs setcap)'
      : spawnSync('sh', [
            '-c',
            `f=$(mktemp) && ${setcapPath} cap_net_admin+ep "$f"; c=$?; rm -f "$f"; exit $c`,
          ]).status !== 0
        ? ' (skipped: needs CAP_SETFCAP)'
        : ''

for (const language of ['perl', 'python3'] as const) {
  const program = which.sync(language, { nothrow: true })
  describe.skipIf(program === null)(`in ${language}${because(missing(language))}`, () => {
    const helper = () => helperWith({ [language]: program })

    it.each(['cloud123', 'ä b:c', 'x'.repeat(200)])('hashes %j as openssl does', async (password) => {
      const { hash } = (await helper().ask(`crypt sAlt./9 ${Buffer.from(password).toString('hex')}`)) ?? {}
      const openssl = ['passwd', '-6', '-salt', 'sAlt./9', '-stdin']
      expect(hash).toBe(execFileSync('openssl', openssl, { input: `${password}\n`, encoding: 'utf8' }).trim())
    })

    it('opens /dev/kvm like Node does, and asks further only then', async () => {
      const answer = (await helper().ask('kvm')) ?? {}
      expect(named(answer.open)).toBe(opened('/dev/kvm'))
      if (answer.open !== '0') expect(answer).toEqual({ open: answer.open })
      else {
        expect(answer.api).toBe('12')
        // Another hypervisor may hold the CPU; but there is an answer, and a CPU only after a machine.
        expect(answer.vm).toMatch(/^\d+$/)
        expect('vcpu' in answer).toBe(answer.vm === '0')
      }
    })

    it('asks on aarch64 for the interrupt controllers of a guest', async () => {
      const answer = (await helper().ask('kvm aarch64')) ?? {}
      // No other KVM has these; an ioctl with a wrong number would end with ENOTTY.
      const answers = machineArch() === 'aarch64' ? ['ok', 'ENODEV'] : ['ENODEV']
      const asked = answer.vm === '0' ? answers : ['no machine']
      expect(asked).toContain(answer.v2 === undefined ? 'no machine' : named(answer.v2))
      expect(asked).toContain(answer.v3 === undefined ? 'no machine' : named(answer.v3))
      expect(await helper().ask('kvm x86_64')).not.toHaveProperty('v3')
    })

    it('opens /dev/net/tun like Node does', async () => {
      const answer = (await helper().ask('tun')) ?? {}
      expect(named(answer.open)).toBe(opened('/dev/net/tun'))
    })

    it('tells a file without capability from no file, whatever its name', async () => {
      const asking = helper()
      const file = emptyFile()
      expect(['ENODATA', 'ENOTSUP']).toContain(named((await asking.ask(xattr(file)))?.error))
      expect(named((await asking.ask(xattr(`${file}-not`)))?.error)).toBe('ENOENT')
      expect(named((await asking.ask(xattr(`${file}/below`)))?.error)).toBe('ENOTDIR')
    })

    it.skipIf(whyNoCapability)(
      `reads a capability, also through a link; a copy has lost it${whyNoCapability}`,
      async () => {
        const file = emptyFile()
        execFileSync(setcapPath ?? '', ['cap_net_admin+ep', file])
        symlinkSync(file, `${file}.link`)
        copyFileSync(file, `${file}.copy`)
        const asking = helper()
        const answer = await asking.ask(xattr(file))
        expect(answer?.error).toBe('0')
        expect(netAdminInAttribute(answer?.value ?? '')).toEqual({ permitted: true, effective: true })
        expect(await asking.ask(xattr(`${file}.link`))).toEqual(answer)
        expect(named((await asking.ask(xattr(`${file}.copy`)))?.error)).toBe('ENODATA')
      },
    )

    it('tells a carrier from none, and from no link at all', async () => {
      const asking = helper()
      const carrier = (name: string) => asking.ask(`carrier ${Buffer.from(name).toString('hex')}`)
      expect(await carrier('lo')).toEqual({ error: '0', carrier: '1' })
      expect(named((await carrier('chv-none'))?.error)).toBe('ENODEV')
      // The helper still answers afterwards.
      expect(await asking.ask('tun')).toHaveProperty('open')
    })

    it('gives each of many questions its own answer', async () => {
      const asking = helper()
      const file = emptyFile()
      const questions = Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0 ? xattr(`${file}-not`) : 'tun',
      )
      const answers = await Promise.all(questions.map((question) => asking.ask(question)))
      expect(answers.map((answer) => Object.keys(answer ?? {})[0])).toEqual(
        questions.map((question) => (question === 'tun' ? 'open' : 'error')),
      )
    })
  })
}

it('has no answer where there is nothing to ask with', async () => {
  expect(await helperWith({}).ask('kvm')).toBeNull()
})

describe('a helper that fails', () => {
  const script = (text: string) => {
    const file = `${scratch()}/perl`
    writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    return { perl: file }
  }
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => 'an answer',
      (error: unknown) => error,
    )

  it.each([
    ['ends at once', { perl: '/bin/false' }, 'it ended early'],
    ['cannot be started', { perl: '/nonexistent/perl' }, 'could not ask the kernel'],
  ])('is undetermined when it %s', async (_, programs, message) => {
    const error = await failure(helperWith(programs).ask('kvm'))
    expect(error).toBeInstanceOf(Undetermined)
    expect(String(error)).toContain(message)
  })

  it('says why, and says it again later: nobody is left waiting', async () => {
    const helper = helperWith(script('read line; echo "no such module" >&2; exit 1'))
    const first = await failure(helper.ask('kvm'))
    expect(String(first)).toContain('no such module')
    // Whatever of the process was still there is gone now: a later question has nobody to go to.
    await new Promise((resolve) => setImmediate(resolve))
    expect(await failure(helper.ask('tun'))).toBeInstanceOf(Undetermined)
  })

  it('that never answers is let go of', async () => {
    const helper = helperWith(script('exec sleep 1000'))
    const waiting = failure(helper.ask('kvm'))
    helper.close()
    expect(await waiting).toBeInstanceOf(Undetermined)
    expect(await failure(helper.ask('tun'))).toBeInstanceOf(Undetermined)
  })

  it.skipIf(missing('sleep'))(
    `that leaves its pipes open keeps nobody alive${because(missing('sleep'))}`,
    () => {
      const directory = scratch()
      const { perl } = script(`sleep 1000 & echo $! > ${directory}/pid; read line; echo open=0; wait`)
      const file = bundled(`
      import { createKernelHelper } from './src/host/kernel-helper.ts'
      const helper = createKernelHelper(async (name) => (name === 'perl' ? '${perl}' : null), 'x86_64')
      helper.ask('kvm').then((answer) => { process.stdout.write(answer.open); helper.close() })
    `)
      // The limit is far shorter than what it would wait for, and far longer than it takes.
      const { status, stdout } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 60_000 })
      process.kill(Number(readFileSync(`${directory}/pid`, 'utf8')))
      expect({ status, stdout }).toEqual({ status: 0, stdout: '0' })
    },
  )
})

it.each([
  ['open=0 api=12 vm=16', { open: '0', api: '12', vm: '16' }],
  ['error=0 value=', { error: '0', value: '' }],
  ['  open=2\r', { open: '2' }],
  ['', {}],
])('parses %j', (line, answer) => expect(parseAnswer(line)).toEqual(answer))
