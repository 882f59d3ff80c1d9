import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { prelude } from './scripts.ts'

const title = 'interruptions and silence'

/** Waits until a file exists, without guessing how long that takes. */
const until =
  'until_there() { for _ in $(seq 200); do compgen -G "$1" >/dev/null && return; sleep 0.05; done; echo "no $1"; exit 1; }'
const data = '/root/.local/share/chv-doctor'

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('leave nothing half-made: Ctrl-C and kill -9 in a download, kill -9 in an installation', async () => {
    const { output } = await onDisposableHost(`${prelude()}${until}
prepare() { bare; }
run() {
  export HOME=/root; cd /root; configure /root; serve 40000
  say interrupted; $D fix --yes fetch-firmware fetch-image >/root/log 2>&1 & P=$!
  until_there "${data}/downloads/.image.img.part"; kill -INT $P; code wait $P; cat /root/log | tail -n 3; find ${data} -name "*image*" -o -name "*.raw"
  say killed; $D fix --yes fetch-image >/dev/null 2>&1 & P=$!
  until_there "${data}/downloads/.image.img.part"; kill -9 $P; code wait $P; find ${data} -name "image*" -o -name "*.raw"
  apt-get purge --yes -qq qemu-utils mtools >/dev/null 2>&1; rm -rf /root/.local/state/chv-doctor/log
  say stopped; $D fix --yes install-packages >/root/log 2>&1 & P=$!
  until_there "/root/.local/state/chv-doctor/log/*"; kill -INT $P; code wait $P; tail -n 1 /root/log
  dpkg --audit; dpkg-query -W -f '\${db:Status-Status}\n' mtools; rm -r /root/.local/state/chv-doctor/log
  apt-get purge --yes -qq mtools >/dev/null 2>&1
  say apt; $D fix --yes install-packages >/dev/null 2>&1 & P=$!
  until_there "/root/.local/state/chv-doctor/log/*"; kill -9 $P; code wait $P
  kill $SERVER; serve
  say finished; code $D fix --yes
  say check; code $D check -v
  find ${data} -name ".*" -type f
  kill $SERVER
}`)
    expect(section(output, 'interrupted')).toContain('exit code 130')
    expect(section(output, 'interrupted')).toContain('no incomplete file has its final name')
    expect(section(output, 'interrupted')).not.toContain('/image')
    expect(section(output, 'killed')).toContain('exit code 137')
    expect(section(output, 'killed')).not.toContain(data)
    // Ctrl-C in an installation: it ends well, then the doctor stops.
    expect(section(output, 'stopped').trim()).toBe(
      'exit code 130\nInterrupted: no incomplete file has its final name.\ninstalled',
    )
    expect(section(output, 'finished')).toContain('exit code 0')
    expect(section(output, 'check').trimEnd()).toMatch(/exit code 0$/)
  })

  it('off a terminal: never asks, never hangs on an open standard input', async () => {
    const { output } = await onDisposableHost(`${prelude()}
prepare() { :; }
run() {
  export HOME=/root; cd /root; mkfifo /tmp/open; sleep 1000 > /tmp/open & HOLD=$!
  say bare; code $D < /tmp/open
  say fix; code $D fix < /tmp/open
  say undo; code $D undo < /tmp/open
  say json; $D check --format json < /tmp/open | $NODE -e 'JSON.parse(require("fs").readFileSync(0, "utf8")); console.log("valid")'
  kill $HOLD
}`)
    expect(section(output, 'bare')).toContain('exit code 1')
    expect(section(output, 'bare')).toMatch(/^\d+ failed/m)
    expect(section(output, 'fix')).toContain('give --yes')
    expect(section(output, 'fix')).toContain('exit code 5')
    expect(section(output, 'undo')).toContain('Nothing to undo.')
    expect(section(output, 'json')).toContain('valid')
  })
})
