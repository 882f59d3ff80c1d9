/** A terminal of tmux for one test: a server of its own, which no configuration of this host reaches. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

export interface TerminalOptions {
  /** Where the command starts. */
  readonly directory: string
  /** The program in the terminal and its arguments, as one command line of a shell. */
  readonly command: string
  /** Columns and lines. */
  readonly size: readonly [columns: number, lines: number]
  /** Whether the screen is read with what scrolled off, and wrapped lines are joined. */
  readonly history?: true
}

export interface Terminal {
  /** What the screen shows now. */
  readonly screen: () => string
  /** Types keys, as `tmux send-keys` names them. */
  readonly type: (...keys: string[]) => void
  /** Waits up to a minute until the screen shows a text, and gives the screen; throws with the screen. */
  readonly shows: (text: string | RegExp) => Promise<string>
}

/** Whether a process still runs; one that has ended and waits for its parent does not. */
const runs = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

let terminals = 0

/**
 * Opens the terminal and, when the test ends, closes it. A shell writes its history when its terminal
 * goes, so the close waits until the shell has ended: what the test removes then stays removed.
 */
export const openTerminal = ({ directory, command, size, history }: TerminalOptions): Terminal => {
  const socket = `chv-doctor-test-${process.pid}-${terminals++}`
  const tmux = (...args: string[]) =>
    spawnSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout
  const [columns, lines] = size.map(String)
  const place = ['-x', columns ?? '', '-y', lines ?? '', '-c', directory]
  const shell = Number(tmux('new-session', '-d', '-P', '-F', '#{pane_pid}', '-s', 's', ...place, command))
  onTestFinished(async () => {
    tmux('kill-server')
    for (let attempt = 0; runs(shell); attempt++) {
      if (attempt === 200) throw new Error(`the program of the terminal (process ${shell}) did not end`)
      await sleep(50)
    }
  })
  const screen = () => tmux('capture-pane', '-p', ...(history ? ['-J', '-S', '-'] : []), '-t', 's')
  return {
    screen,
    type: (...keys) => {
      tmux('send-keys', '-t', 's', ...keys)
    },
    shows: async (text) => {
      for (let attempt = 0; attempt < 600; attempt++) {
        const now = screen()
        if (typeof text === 'string' ? now.includes(text) : text.test(now)) return now
        await sleep(100)
      }
      throw new Error(`the screen never showed ${text}:\n${screen()}`)
    },
  }
}
