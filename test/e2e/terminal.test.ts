import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { hypervisorNote, prelude } from './scripts.ts'
import { terminal } from './terminal.ts'

const title = `a person at an 80-column terminal, ${hypervisorNote}`

const person = `${terminal({ lines: 48, prompt: 'ready> ', history: true })}
prepare() { bare; make_sky; }
`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('is shown the plan, asked once, asked for one password, and gets the boot command', async () => {
    const { output } = await onDisposableHost(`${prelude()}${person}
run() {
  cd /home/sky; configure /home/sky; chown -R sky: .; serve; open
  type "cd; $D" Enter; shows 'Which fixes should be applied?'; say asked; screen; type d; shows 'd back'; say commands; screen; type C-c; shows 'Interrupted'
  type 'echo code $?' Enter; shows 'code 130'; say unchanged; ls -A /home/sky/.local/share 2>/dev/null || echo nothing
  type "clear; $D; echo code \\$?" Enter; shows 'Which fixes should be applied?'; type Enter; shows 'password for sky'
  type secret Enter; shows 'code 0'; say done; screen
  type "clear; $D undo; echo undone \\$?" Enter; shows 'Undo these'; type y Enter; shows 'undone 0'; say undo; screen
  $T kill-server; kill $SERVER
}`)
    const asked = section(output, 'asked')
    // All fixes are on the screen with the question; a key shows the commands of one.
    expect(asked).toMatch(/^❯ \[x\] Install packages \(qemu-utils .*\) +root$/m)
    expect(asked).toMatch(/^ {2}\[x\] Create the TAP, owned by the user \(tap-device\) +root$/m)
    expect(section(output, 'commands')).toMatch(/\$ sudo env .*apt-get [\s\S]*install[\s\S]*qemu-utils/)
    expect(section(output, 'unchanged').trim()).toBe('nothing')
    const done = section(output, 'done')
    expect(done.match(/password for sky/g)).toHaveLength(1)
    // Not a list of ids that breaks at the edge of the screen.
    expect(done).toMatch(/^Which fixes should be applied\? all$/m)
    expect(done).toContain('Start the guest:')
    // The report after the repair is the last one on the screen.
    const last = done.slice(done.lastIndexOf('chv-doctor 0.'))
    expect(last).toMatch(/^✓ artifacts +firmware, disk-image, cloud-init$/m)
    expect(last).not.toMatch(/✗|failed/)
    expect(section(output, 'undo')).toMatch(/Undone: (\d+) of \1\./)
  })

  it('may end it while sudo asks for the password: by Ctrl-C, by a signal, by closing the terminal', async () => {
    const { output } = await onDisposableHost(`${prelude()}${person}
doctor() { pgrep -n -u sky -f 'cli\\.js fix'; }
left() { ip link show vm-tap0 >/dev/null 2>&1 && echo 'a TAP' || echo 'no TAP'; ls -A /home/sky/.local/share 2>/dev/null || echo 'no data'; }
ask() {
  type "clear; $D fix --yes tap-device; echo code \\$?" Enter
  # Until it runs, the screen may still show the question of the run before.
  for i in $(seq 300); do doctor >/dev/null && break; sleep 0.1; done
  shows 'password for sky'
}
run() {
  cd /home/sky; configure /home/sky; chown -R sky: .; open
  type cd Enter
  say key; ask; type C-c; shows 'code 1'; screen; left
  local signal; for signal in INT TERM HUP; do
    say $signal; ask; kill -$signal $(doctor); shows 'code 1'; screen; left
  done
  say closed; ask; local pid=$(doctor) i; $T kill-server
  for i in $(seq 300); do kill -0 $pid 2>/dev/null || break; sleep 0.1; done
  kill -0 $pid 2>/dev/null && echo 'it goes on' || echo 'it has ended'; left
}`)
    for (const how of ['key', 'INT', 'TERM', 'HUP']) {
      const shown = section(output, how)
      expect(shown, how).toContain('code 130')
      expect(shown, how).not.toMatch(/^\s+at .+:\d+/m)
      expect(shown, how).toContain('no TAP\nno data')
    }
    expect(section(output, 'closed').trim()).toBe('it has ended\nno TAP\nno data')
  })
})
