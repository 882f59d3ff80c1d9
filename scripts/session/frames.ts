/** A session at a terminal of 80x24, on a copy of this host that has nothing of what a guest needs. */
import { whyNoGuest } from '../../test/e2e/fixtures.ts'
import { lab, server } from '../../test/e2e/lab.ts'
import { prelude } from '../../test/e2e/scripts.ts'
import { terminal } from '../../test/e2e/terminal.ts'
import { onDisposableHost, section } from '../../test/helpers/disposable-host.ts'

/** What is on the screen at one moment. */
export interface Frame {
  readonly name: string
  /** The rows of the terminal, with escape sequences of colours. */
  readonly screen: string
  /** How long a reader needs for it, in seconds. */
  readonly seconds: number
}

export const columns = 80
export const rows = 24

const moments: readonly (readonly [name: string, seconds: number])[] = [
  ['start', 1.5],
  ['report', 6],
  ['question', 6],
  ['commands', 5],
  ['password', 2],
  ['repairs', 4],
  ['green', 9],
]

// A screen is read when it has shown the same twice: one that is half drawn is not what a person sees.
const script = (): string => `${prelude()}${lab}${terminal({ lines: rows, prompt: '$ ', history: false })}
frame() {
  local last now=; for _ in $(seq 50); do last=$now; now=$(screen); [ "$last" = "$now" ] && break; sleep 0.3; done
  say "$1"; $T capture-pane -p -e -t s
}
# What has scrolled away by now, but was on the screen before.
first() { say "$1"; $T capture-pane -p -e -S - -t s | head -${rows}; }
prepare() {
  bare
  make_sky
  ln -sf /opt/node /usr/local/bin/node
  ln -sf "$REPO/dist/cli.js" /usr/local/bin/chv-doctor; chmod +x "$REPO/dist/cli.js"
}
run() {
  configure /home/sky; echo 'nameservers: [${server}]' >> /home/sky/.config/chv-doctor/chv-doctor.yaml
  chown -R sky: /home/sky; network; serve
  cd /home/sky
  open; type chv-doctor; frame start
  type Enter; shows 'Which fixes should be applied?'; first report; frame question
  type Down Down d; shows 'd back'; frame commands
  type d; shows 'd commands'; type Enter; shows 'password for sky'; frame password
  type secret Enter; sleep 4; say repairs; $T capture-pane -p -e -t s
  shows 'chv-doctor boot'; frame green
  say end; $T kill-server; kill $SERVER $SERVERS
}`

/** @throws Error with what was on the screen, where the session did not go as it should */
export const recordFrames = async (): Promise<readonly Frame[]> => {
  if (whyNoGuest) throw new Error(`a guest starts in the session: ${whyNoGuest}`)
  const { output, code } = await onDisposableHost(script())
  if (code !== 0) throw new Error(`the session ended with ${code}:\n${output}`)
  return moments.map(([name, seconds]) => ({ name, seconds, screen: section(output, name) }))
}
