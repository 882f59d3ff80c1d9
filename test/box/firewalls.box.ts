import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { takeStock } from './inventory.ts'
import { expectAsBefore, onFreshMachine, repairInTerminal, undoInTerminal } from './story.ts'

/**
 * Firewalls that drop what a guest sends, as their packages set them up. Docker makes its chains long before it sets the
 * policy, and a login does not wait for it: starting it again waits until it is ready.
 */
const firewalls = [
  ['docker', ['docker.io', 'iptables'], 'systemctl start docker && iptables -nL FORWARD', /policy DROP/],
  ['ufw', ['ufw'], 'ufw allow ssh && ufw --force enable', /active/],
] as const

describe.skipIf(whyNoBox !== null)(`a firewall${because(whyNoBox)}`, () => {
  for (const [name, packages, begin, shows] of firewalls) {
    it(`of ${name} lets the guest through after the repair, and is as before after undo`, () =>
      onFreshMachine(`firewall-${name}`, { artifacts: smallArtifacts, packages }, async (story) => {
        const { machine, timeline } = story
        expect(await machine.must(begin, 'root')).toMatch(shows)
        const before = await timeline.step('take stock', () => takeStock(machine))
        const repair = await timeline.step('repair', () => repairInTerminal(story))
        expect(repair).toContain('exit code 0')
        // Root may read the rules, and sees the way of the guest's packets through them.
        // The file in sky's home is sky's to change, so that root does not take it.
        const check = await machine.must(
          'install -m 600 /home/sky/.config/chv-doctor/chv-doctor.yaml /root/box.yaml && chv-doctor check -v nat forward-policy --config /root/box.yaml && rm /root/box.yaml',
          'root',
        )
        expect(check).toMatch(/^ {2}ok +nat/m)
        expect(check).toMatch(/^ {2}ok +forward-policy/m)
        const undo = await timeline.step('undo', () => undoInTerminal(story))
        expect(undo).toContain('exit code 0')
        await timeline.step('compare', () => expectAsBefore(story, before))
      }))
  }
})
