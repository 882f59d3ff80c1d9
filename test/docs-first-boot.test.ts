/** docs/first-boot.md says by hand what the program does: the same files, commands and settings. */
import { describe, expect, it } from 'vitest'
import { createTap } from '../fixes/create-tap.ts'
import { firmwares } from '../src/catalogue/firmwares.ts'
import { hypervisors } from '../src/catalogue/hypervisors.ts'
import { buildOf } from '../src/catalogue/images.ts'
import { kernelFor } from '../src/catalogue/kernels.ts'
import { bootCommand } from '../src/hypervisor/boot-command.ts'
import { masqueradeByNft } from '../src/network/firewall-steps.ts'
import { configWith } from './helpers/config.ts'
import { fakeHost } from './helpers/fake-host.ts'
import { commandsBelow } from './helpers/first-boot.ts'
import { ipJson, showAddresses } from './helpers/interfaces.ts'

const files = {
  disk: '$VM/resolute.raw',
  seed: '$VM/cloud-init.img',
  firmware: '$VM/CLOUDHV.fd',
  kernel: '$VM/vmlinux',
}
const newest = { binary: '$VM/cloud-hypervisor', version: null }

describe('docs/first-boot.md', () => {
  it.each([
    ['3. Cloud Hypervisor', hypervisors.x86_64[0]],
    ['4. Firmware', firmwares.x86_64[0]],
    ['5. The image', buildOf(configWith().image, 'pinned', 'x86_64')],
    ['A kernel without firmware', kernelFor('x86_64')],
  ])('%s: fetches and verifies what the doctor fetches', (heading, artifact) => {
    const [download, verification] = commandsBelow(heading)
    if (artifact?.proof.by !== 'digest') throw new Error(`${heading}: the catalogue has no digest`)
    expect(download?.split(' ').at(-1)).toBe(artifact.url)
    expect(verification).toContain(`${artifact.proof.digest} `)
  })

  it('makes the same TAP', async () => {
    const config = configWith()
    const host = fakeHost({
      commands: { [showAddresses]: ipJson(), 'ip -j -4 route get 9.9.9.9': '[]' },
      files: { [config.hypervisor]: null },
    })
    const survey = await createTap.survey?.(host, {}, config)
    if (!survey) throw new Error('create-tap has a survey')
    const steps = createTap.plan({}, config, survey)
    expect(commandsBelow('7. The TAP')).toEqual(
      steps.map((step) => step.kind === 'run' && `sudo ${step.argv.join(' ')}`.replace(' sky', ' $USER')),
    )
  })

  it('makes the same rule', () => {
    const guest = { tap: 'vm-tap0', subnet: '192.168.249.0/24', marker: '' }
    const { argv } = masqueradeByNft(guest, true, null)
    const again = / flush chain inet chv_doctor nat-vm-tap0;/
    const comment = / comment "[^"]*"/
    expect(commandsBelow('8. The way')).toContain(
      `sudo ${argv.join(' ').replace(again, '').replace(comment, '')}`,
    )
  })

  it.each([
    ['9. Start', configWith(files)],
    [
      'A kernel without firmware',
      configWith({ ...files, boot: 'kernel', cmdline: 'console=hvc0 root=/dev/vda1 rw' }),
    ],
  ])('%s: starts the guest by the same command', (heading, config) => {
    expect(commandsBelow(heading).at(-1)).toBe(bootCommand(newest, config).join(' '))
  })
})
