import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ApplyOptions, applyPlan } from '../../src/apply/apply.ts'
import { openJournal } from '../../src/apply/journal.ts'
import { undoChanges } from '../../src/apply/undo.ts'
import type { Step } from '../../src/contract/step.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'
import { scratch } from '../helpers/scratch.ts'

let directory: string
let said: string[]
let stop: AbortController
let options: ApplyOptions
beforeEach(() => {
  directory = scratch()
  said = []
  stop = new AbortController()
  options = {
    executor: { rootPrefix: [], bash: '/bin/bash', logDir: `${directory}/log`, signal: stop.signal },
    journal: openJournal(`${directory}/state`),
    live: false,
    say: (line) => void said.push(line),
  }
})

const fix = (id: string, ...steps: Step[]): PlannedFix => ({ id, title: id, checks: [], needed: true, steps })
const run = (argv: readonly [string, ...string[]], more: object = {}): Step => ({
  kind: 'run',
  argv,
  root: false,
  why: argv.join(' '),
  ...more,
})
const undoAll = async () =>
  undoChanges(await options.journal.open(), {
    executor: options.executor,
    journal: options.journal,
    live: false,
    say: () => {},
  })

/** A step that goes on until a file is there. */
const until = (name: string, more: object = {}): Step =>
  run(['sh', '-c', `until [ -e "$0" ]; do sleep 0.02; done`, `${directory}/${name}`], more)
const touch = (name: string, more: object = {}): Step => run(['touch', `${directory}/${name}`], more)
const isThere = (name: string) => existsSync(`${directory}/${name}`)

describe('steps of different fixes', () => {
  it('go on beside each other: one that waits for another ends only in this way', async () => {
    const plan = [fix('a', until('b-made'), touch('a-made')), fix('b', touch('b-made'), until('a-made'))]
    expect(await applyPlan(plan, options)).toEqual([])
  })

  it('are left out where the fix that they need failed, and say so; the rest goes on', async () => {
    const plan: PlannedFix[] = [
      fix('packages', run(['false'])),
      { ...fix('image', touch('read'), touch('never')), needs: [{ fix: 'packages', step: 1 }] },
      { ...fix('boot', touch('never')), needs: [{ fix: 'image', step: 0 }] },
      { ...fix('own', touch('own')), comesAfterAll: true },
      fix('tap', touch('tap')),
    ]
    expect(await applyPlan(plan, options)).toEqual([
      { fix: 'packages', message: 'false ended with code 1' },
      { fix: 'image', message: 'left out: it needs packages, which failed' },
      { fix: 'boot', message: 'left out: it needs image, which failed' },
    ])
    expect(['read', 'never', 'own', 'tap'].filter(isThere)).toEqual(['read', 'own', 'tap'])
    expect(said).toContain('image: left out, because packages failed')
  })

  it('are carried out as root one at a time, in the order of the plan, and packages beside them', async () => {
    const alone = (name: string) =>
      run(
        [
          'sh',
          '-c',
          'mkdir "$0/busy" && echo "$1" >> "$0/order" && sleep 0.05 && rmdir "$0/busy"',
          directory,
          name,
        ],
        {
          root: true,
        },
      )
    const plan = [
      fix('packages', until('order', { root: true, critical: true })),
      ...['a', 'b', 'c'].map((name) => fix(name, alone(name), alone(name))),
    ]
    expect(await applyPlan(plan, options)).toEqual([])
    const order = readFileSync(`${directory}/order`, 'utf8').trim().split('\n')
    expect(order[0]).toBe('a')
    expect([...order].sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
  })

  it('that wait are not begun after an interruption, and are counted', async () => {
    const plan: PlannedFix[] = [
      fix('a', run(['sh', '-c', `touch ${directory}/started; exec sleep 60`])),
      { ...fix('b', touch('never'), touch('never')), needs: [{ fix: 'a', step: 0 }] },
    ]
    const ended = expect(applyPlan(plan, options)).rejects.toThrow('Interrupted')
    await expect.poll(() => isThere('started')).toBe(true)
    stop.abort()
    await ended
    expect(isThere('never')).toBe(false)
    expect(said).toContain('2 steps were not begun.')
  })
})

describe('applyPlan', () => {
  it('passes every word to the command as it is', async () => {
    const words = ["it's", '$(touch never)', 'a;b', '*', '', '--', 'ü\n2']
    expect(
      await applyPlan(
        [fix('a', run(['sh', '-c', 'printf "%s\\0" "$@" > "$0"', `${directory}/out`, ...words]))],
        options,
      ),
    ).toEqual([])
    expect(readFileSync(`${directory}/out`, 'utf8').split('\0').slice(0, -1)).toEqual(words)
  })

  it('leaves out the rest of a fix that failed, and goes on with the others', async () => {
    const plan = [
      fix(
        'bad',
        run(['sh', '-c', 'echo first; echo it broke >&2; exit 3']),
        run(['touch', `${directory}/never`]),
      ),
      fix('good', run(['touch', `${directory}/done`])),
    ]
    expect(await applyPlan(plan, options)).toEqual([
      { fix: 'bad', message: 'sh ended with code 3: first · it broke' },
    ])
    expect([existsSync(`${directory}/never`), existsSync(`${directory}/done`)]).toEqual([false, true])
  })

  it('names a program that is missing', async () => {
    expect(await applyPlan([fix('a', run(['no-such-program']))], options)).toEqual([
      { fix: 'a', message: 'no-such-program was not found; it has to be installed first' },
    ])
  })

  it('is not led astray by variables that would change what a shell runs', async () => {
    process.env.ZX_PREFIX = `touch ${directory}/injected;`
    process.env.ZX_POSTFIX = `;touch ${directory}/injected`
    await applyPlan([fix('a', run(['touch', `${directory}/done`]))], options)
    delete process.env.ZX_PREFIX
    delete process.env.ZX_POSTFIX
    expect([existsSync(`${directory}/injected`), existsSync(`${directory}/done`)]).toEqual([false, true])
  })

  it('keeps the output of what must not be interrupted in a log, and says where', async () => {
    const [failure] = await applyPlan(
      [fix('a', run(['sh', '-c', 'echo all of it; exit 100'], { critical: true }))],
      options,
    )
    expect(failure?.message).toMatch(/^sh ended with code 100: all of it \(log: .*\.log\)$/)
    expect(readFileSync(/\(log: (.*)\)/.exec(failure?.message ?? '')?.[1] ?? '', 'utf8')).toBe('all of it\n')
  })

  it('refuses a guarded step, and forgets a command that failed', async () => {
    writeFileSync(`${directory}/carrier`, '1\n')
    const guard = { file: `${directory}/carrier`, is: '1', because: 'A VM is using it.' }
    const undo = [['touch', `${directory}/undone`]]
    const plan = [
      fix('a', run(['touch', `${directory}/done`], { guard, undo })),
      fix('b', run(['false'], { undo })),
    ]
    expect((await applyPlan(plan, options)).map(({ message }) => message)).toEqual([
      'A VM is using it.',
      'false ended with code 1',
    ])
    expect(await options.journal.open()).toEqual([])
  })

  it('writes, publishes and runs what undo takes back, newest first, user files restored', async () => {
    writeFileSync(`${directory}/seed.img`, 'of the user')
    const part = `${directory}/.seed.img.part`
    const undo = [['sh', '-c', `cat ${directory}/seed.img > ${directory}/seen`]]
    const plan = [
      fix(
        'a',
        { kind: 'write', path: `${directory}/new/user-data`, content: 'x\n', mode: 0o600, why: 'write' },
        run(['cp', `${directory}/new/user-data`, part], { temporary: part, undo: [] }),
        { kind: 'publish', from: part, to: `${directory}/seed.img`, why: 'publish', reversible: true },
        run(['true'], { undo }),
      ),
    ]
    expect(await applyPlan(plan, options)).toEqual([])
    expect(readFileSync(`${directory}/seed.img`, 'utf8')).toBe('x\n')
    expect(await undoAll()).toEqual({ undone: 3, failures: [], left: [] })
    expect(readFileSync(`${directory}/seen`, 'utf8')).toBe('x\n')
    expect(readFileSync(`${directory}/seed.img`, 'utf8')).toBe('of the user')
    expect(existsSync(`${directory}/new/user-data`)).toBe(false)
    expect(await options.journal.open()).toEqual([])
  })

  it('ends a command at once when it is interrupted, and keeps its way back', async () => {
    const undo = [['touch', `${directory}/undone`]]
    const waits = run(['sh', '-c', `touch ${directory}/started; exec sleep 60`], { undo })
    const applying = applyPlan([fix('a', waits, run(['touch', `${directory}/never`]))], options)
    const ended = expect(applying).rejects.toThrow('Interrupted')
    while (!existsSync(`${directory}/started`)) await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort()
    await ended
    expect(existsSync(`${directory}/never`)).toBe(false)
    expect((await options.journal.open()).map(({ certain }) => certain)).toEqual([false])
  })

  it('removes the half-made files of a fix that failed, and of no other', async () => {
    const make = (name: string) =>
      run(['sh', '-c', 'echo half > "$0"', `${directory}/${name}`], { temporary: `${directory}/${name}` })
    const plan = [fix('bad', make('a.part'), run(['false'])), fix('good', make('b.part'))]
    expect(await applyPlan(plan, options)).toHaveLength(1)
    expect([existsSync(`${directory}/a.part`), existsSync(`${directory}/b.part`)]).toEqual([false, true])
  })

  it('verifies before it publishes, and writes down what a disk was made from', async () => {
    const [image, part, disk] = [`${directory}/image`, `${directory}/.part`, `${directory}/disk`]
    const origin = { image: 'resolute', url: null, sha256: 'a' }
    const steps = (content: string): Step[] => [
      run([
        'sh',
        '-c',
        'head -c 2097152 /dev/urandom > "$0"; printf "$2" | dd of="$0" conv=notrunc status=none; cp "$0" "$1"',
        image,
        part,
        content,
      ]),
      { kind: 'verify', path: image, expect: { what: 'image', format: 'raw', fits: null }, why: 'look' },
      { kind: 'publish', from: part, to: disk, why: 'publish', reversible: false, origin },
    ]
    expect(await applyPlan([fix('a', ...steps('<html>'))], options)).toEqual([
      { fix: 'a', message: `${image} is a web page, not a disk image.` },
    ])
    expect([existsSync(disk), existsSync(`${disk}.origin.json`)]).toEqual([false, false])
    expect(await applyPlan([fix('a', ...steps('MBR'))], options)).toEqual([])
    expect(JSON.parse(readFileSync(`${disk}.origin.json`, 'utf8'))).toEqual({
      ...origin,
      inode: statSync(disk).ino,
      mtime: Math.floor(statSync(disk).mtimeMs / 1000),
    })
  })
})
