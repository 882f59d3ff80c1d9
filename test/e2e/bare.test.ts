/** The unit tests run anywhere: as nobody, in a root file system that has node, a shell and nothing else. */
import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing, notRoot } from '../helpers/needs.ts'

const why = notRoot ?? missing('unshare', 'chroot', 'mount', 'npm', 'git', 'tar', 'ldd', 'ip')

describe.skipIf(why)(`a machine without tools${because(why)}`, () => {
  it('passes npm run test:unit, and says why it skips a test', async () => {
    const args = [repository, process.execPath, 'npm', 'run', '--silent', 'test:unit']
    const child = spawn(`${repository}/test/bare-root.sh`, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    expect(code, output.slice(-5000)).toBe(0)
    expect(output).toMatch(/^\d{4,} passed, 0 failed, \d+ skipped$/m)
    expect(output).toMatch(/^ {2}\d+ in test\/apply\/progress\.test\.ts: needs git, seq$/m)
    expect(output).not.toContain('NO REASON GIVEN')
  })
})
