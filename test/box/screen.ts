/** A real terminal of 80 columns, read as a person reads it: a tmux session that runs one command. */
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ample } from './patience.ts'

export interface Screen {
  /** Resolves with all lines, those scrolled away included, once they contain the text, for which `limit` seconds are ample. */
  shows(text: string | RegExp, limit?: number): Promise<string>
  /** The same, once they are as wanted. */
  until(wanted: (shown: string) => boolean, name: string, limit?: number): Promise<string>
  /** Text, or names of keys as tmux knows them (Enter, Space, C-c). */
  keys(...keys: readonly string[]): void
  /** Ends it; once more does nothing. */
  close(): void
}

let opened = 0

/** @param log gets the screen each time something was waited for */
export const openScreen = (session: string, command: readonly string[], log: string): Screen => {
  // A server of its own, with no settings of the person who runs the tests: one that is shared ends with its
  // last session, just when the next one is asked for.
  const socket = `${log}.${opened++}.socket`
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' })
  tmux('new-session', '-d', '-s', session, '-x', '80', '-y', '48', ...command)
  tmux('set-option', '-t', session, 'remain-on-exit', 'on')
  const text = () => tmux('capture-pane', '-p', '-J', '-S', '-', '-t', session)
  // Of what is shown again and again, the record has each line once.
  let kept: readonly string[] = []
  const keep = (name: string, shown: string) => {
    const lines = shown.trimEnd().split('\n')
    const news = lines.findIndex((line, index) => line !== kept[index])
    appendFileSync(log, `\n──── ${name}\n${news < 0 ? '' : lines.slice(news).join('\n')}\n`)
    kept = lines
  }
  const until: Screen['until'] = async (wanted, name, limit = 240) => {
    const end = performance.now() + ample(limit) * 1000
    for (;;) {
      const shown = text()
      const dead = () => tmux('display-message', '-p', '-t', session, '#{pane_dead}').trim() === '1'
      const late = performance.now() > end
      const why = wanted(shown)
        ? null
        : dead()
          ? 'the session ended before'
          : late
            ? 'time was up before'
            : ''
      if (why === '') await sleep(100)
      else {
        keep(name, shown)
        if (why === null) return shown
        throw new Error(`${why} the screen showed ${name}:\n${shown.trimEnd()}`)
      }
    }
  }
  return {
    until,
    shows: (wanted, limit) =>
      until(
        (shown) => (typeof wanted === 'string' ? shown.includes(wanted) : wanted.test(shown)),
        `${wanted}`,
        limit,
      ),
    keys: (...keys) => {
      tmux('send-keys', '-t', session, ...keys)
    },
    close: () => {
      spawnSync('tmux', ['-S', socket, 'kill-server'])
      rmSync(socket, { force: true })
    },
  }
}
