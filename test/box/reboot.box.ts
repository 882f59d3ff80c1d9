import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { takeStock } from './inventory.ts'
import {
  expectAsBefore,
  failedIn,
  onFreshMachine,
  repairInTerminal,
  type Story,
  undoInTerminal,
} from './story.ts'

/** What a reboot leaves, with each manager of the network that Debian has. */
const managers = [
  ['systemd-networkd', []],
  ['NetworkManager', ['network-manager']],
] as const

const links = ({ machine }: Story) =>
  machine.must('ip -brief address; sysctl -n net.ipv4.ip_forward; nft list ruleset', 'root')

describe.skipIf(whyNoBox !== null)(`a reboot${because(whyNoBox)}`, () => {
  for (const [manager, packages] of managers) {
    it(`leaves the network only where that was chosen, with ${manager}`, () =>
      onFreshMachine(`reboot-${manager}`, { artifacts: smallArtifacts, packages }, async (story) => {
        const { machine, timeline } = story
        const before = await timeline.step('take stock', () => takeStock(machine))
        const repair = await timeline.step('repair', () => repairInTerminal(story))
        expect(repair).toContain('exit code 0')
        expect(await links(story)).toContain('vm-tap0')
        await timeline.step('reboot', () => machine.reboot())
        await timeline.step('check: gone', async () => {
          expect(await links(story)).not.toContain('vm-tap0')
          const { output } = await machine.ssh('chv-doctor check -v')
          expect(failedIn(output)).toEqual(['tap-device', 'ip-forward'])
        })
        const config = '~/.config/chv-doctor/chv-doctor.yaml'
        await machine.must(`echo 'persist_network: true' >> ${config}`)
        const lasting = await timeline.step('repair, to last', () => repairInTerminal(story))
        expect(lasting).toContain('exit code 0')
        await timeline.step('reboot', () => machine.reboot())
        await timeline.step('check: still there', async () => {
          const now = await links(story)
          expect(now).toMatch(/vm-tap0.*192\.168\.249\.1\/24/)
          expect(now).toContain('masquerade')
          const { code, output } = await machine.ssh('chv-doctor check -v')
          expect(failedIn(output)).toEqual([])
          expect(output).toMatch(/^ {2}ok +network-persistence/m)
          expect([0, 3]).toContain(code)
        })
        const undo = await timeline.step('undo', () => undoInTerminal(story))
        expect(undo).toContain('exit code 0')
        await machine.must(`sed -i '/^persist_network:/d' ${config}`)
        await timeline.step('compare', () => expectAsBefore(story, before))
      }))
  }
})
