import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ApplyOptions, applyPlan } from '../../src/apply/apply.ts'
import { openJournal } from '../../src/apply/journal.ts'
import { undoChanges } from '../../src/apply/undo.ts'
import type { Step } from '../../src/contract/step.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'
import { scratch } from '../helpers/scratch.ts'

let folder: string
let said: string[]
let stop: AbortController
let options: ApplyOptions
beforeEach(() => {
  folder = scratch()
  said = []
  stop = new AbortController()
  options = {
    hands: { rootPrefix: [], bash: '/bin/bash', logDir: `${folder}/log`, signal: stop.signal },
    journal: openJournal(`${folder}/state`),
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
    hands: options.hands,
    journal: options.journal,
    live: false,
    say: () => {},
  })

describe('applyPlan', () => {
  it('passes every word to the command as it is', async () => {
    const words = ["it's", '$(touch never)', 'a;b', '*', '', '--', 'ü\n2']
    expect(
      await applyPlan(
        [fix('a', run(['sh', '-c', 'printf "%s\\0" "$@" > "$0"', `${folder}/out`, ...words]))],
        options,
      ),
    ).toEqual([])
    expect(readFileSync(`${folder}/out`, 'utf8').split('\0').slice(0, -1)).toEqual(words)
  })

  it('leaves out the rest of a fix that failed, and goes on with the others', async () => {
    const plan = [
      fix(
        'bad',
        run(['sh', '-c', 'echo first; echo it broke >&2; exit 3']),
        run(['touch', `${folder}/never`]),
      ),
      fix('good', run(['touch', `${folder}/done`])),
    ]
    expect(await applyPlan(plan, options)).toEqual([
      { fix: 'bad', message: 'sh ended with code 3: first · it broke' },
    ])
    expect([existsSync(`${folder}/never`), existsSync(`${folder}/done`)]).toEqual([false, true])
  })

  it('names a program that is missing', async () => {
    expect(await applyPlan([fix('a', run(['no-such-program']))], options)).toEqual([
      { fix: 'a', message: 'no-such-program was not found; it has to be installed first' },
    ])
  })

  it('is not led astray by variables that would change what a shell runs', async () => {
    process.env.ZX_PREFIX = `touch ${folder}/injected;`
    process.env.ZX_POSTFIX = `;touch ${folder}/injected`
    await applyPlan([fix('a', run(['touch', `${folder}/done`]))], options)
    delete process.env.ZX_PREFIX
    delete process.env.ZX_POSTFIX
    expect([existsSync(`${folder}/injected`), existsSync(`${folder}/done`)]).toEqual([false, true])
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
    writeFileSync(`${folder}/carrier`, '1\n')
    const guard = { file: `${folder}/carrier`, is: '1', because: 'A VM is using it.' }
    const undo = [['touch', `${folder}/undone`]]
    const plan = [
      fix('a', run(['touch', `${folder}/done`], { guard, undo })),
      fix('b', run(['false'], { undo })),
    ]
    expect((await applyPlan(plan, options)).map(({ message }) => message)).toEqual([
      'A VM is using it.',
      'false ended with code 1',
    ])
    expect(await options.journal.open()).toEqual([])
  })

  it('writes, publishes and runs what undo takes back, newest first, user files restored', async () => {
    writeFileSync(`${folder}/seed.img`, 'of the user')
    const part = `${folder}/.seed.img.part`
    const undo = [['sh', '-c', `cat ${folder}/seed.img > ${folder}/seen`]]
    const plan = [
      fix(
        'a',
        { kind: 'write', path: `${folder}/new/user-data`, content: 'x\n', mode: 0o600, why: 'write' },
        run(['cp', `${folder}/new/user-data`, part], { temporary: part, undo: [] }),
        { kind: 'publish', from: part, to: `${folder}/seed.img`, why: 'publish', reversible: true },
        run(['true'], { undo }),
      ),
    ]
    expect(await applyPlan(plan, options)).toEqual([])
    expect(readFileSync(`${folder}/seed.img`, 'utf8')).toBe('x\n')
    expect(await undoAll()).toEqual({ undone: 3, failures: [], left: [] })
    expect(readFileSync(`${folder}/seen`, 'utf8')).toBe('x\n')
    expect(readFileSync(`${folder}/seed.img`, 'utf8')).toBe('of the user')
    expect(existsSync(`${folder}/new/user-data`)).toBe(false)
    expect(await options.journal.open()).toEqual([])
  })

  it('ends a command at once when it is interrupted, and keeps its way back', async () => {
    const undo = [['touch', `${folder}/undone`]]
    const waits = run(['sh', '-c', `touch ${folder}/started; exec sleep 60`], { undo })
    const applying = applyPlan([fix('a', waits, run(['touch', `${folder}/never`]))], options)
    const ended = expect(applying).rejects.toThrow('Interrupted')
    while (!existsSync(`${folder}/started`)) await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort()
    await ended
    expect(existsSync(`${folder}/never`)).toBe(false)
    expect((await options.journal.open()).map(({ certain }) => certain)).toEqual([false])
  })

  it('removes the half-made files of a fix that failed, and of no other', async () => {
    const make = (name: string) =>
      run(['sh', '-c', 'echo half > "$0"', `${folder}/${name}`], { temporary: `${folder}/${name}` })
    const plan = [fix('bad', make('a.part'), run(['false'])), fix('good', make('b.part'))]
    expect(await applyPlan(plan, options)).toHaveLength(1)
    expect([existsSync(`${folder}/a.part`), existsSync(`${folder}/b.part`)]).toEqual([false, true])
  })

  it('verifies before it publishes, and writes down what a disk was made from', async () => {
    const [image, part, disk] = [`${folder}/image`, `${folder}/.part`, `${folder}/disk`]
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
