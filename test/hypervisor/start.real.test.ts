import { describe, expect, it } from 'vitest'
import { eventNames } from '../../src/hypervisor/event-monitor.ts'
import { startHeadless, timeGuard } from '../../src/hypervisor/start.ts'
import { because, missing } from '../helpers/needs.ts'

// As --event-monitor writes it (53.0): pretty-printed objects with blank lines between them.
const event = (source: string, name: string) =>
  `${JSON.stringify({ timestamp: { secs: 0, nanos: 5556192 }, source, event: name, properties: null }, null, 2)}\n\n`

describe('eventNames', () => {
  it('names events however the stream is cut', () => {
    const text =
      event('vmm', 'starting') + event('vm', 'booting') + event('vm', 'booted') + event('vm', 'rebooting')
    for (const size of [1, 7, 100, 10_000]) {
      const names: string[] = []
      const read = eventNames((name) => names.push(name))
      for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size))
      expect(names).toEqual(['vmm starting', 'vm booting', 'vm booted', 'vm rebooting'])
    }
  })
})

describe('startHeadless', () => {
  it('gives console, events and end', async () => {
    let console = ''
    const events: string[] = []
    const { ended } = startHeadless(
      ['sh', '-c', `echo hello; echo '"source": "vm", "event": "booted"' >&3; echo oops >&2; exit 3`],
      [],
      { onConsole: (text) => (console += text), onEvent: (name) => events.push(name) },
    )
    expect(await ended).toEqual({ code: 3, signal: null, stderr: 'oops\n' })
    expect([console, events]).toEqual(['hello\n', ['vm booted']])
  })

  it('says what cannot be started', async () => {
    const none = startHeadless(['/nonexistent/ch'], [], { onConsole: () => {}, onEvent: () => {} })
    await expect(none.ended).rejects.toThrow('/nonexistent/ch cannot be started (ENOENT).')
  })

  it.skipIf(missing('sleep', 'timeout'))(
    `is ended by its guard, whoever else is gone${because(missing('sleep', 'timeout'))}`,
    async () => {
      const { ended } = startHeadless(['sleep', '1000'], timeGuard('/usr/bin/timeout', 0.2), {
        onConsole: () => {},
        onEvent: () => {},
      })
      expect((await ended).code).not.toBe(0)
      expect(timeGuard(null, 1)).toEqual([])
    },
  )
})
