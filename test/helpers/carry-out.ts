/** Carries the steps of one fix out with the product's own executor, without the lists and the journal. */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { clearTemporary, runCommand } from '../../src/apply/run-step.ts'
import { verify } from '../../src/apply/verify.ts'
import type { Step } from '../../src/contract/step.ts'
import { publish, writeFileAtomic, writeOrigin } from '../../src/files/write.ts'

export const carryOut = async (steps: readonly Step[], logDir: string): Promise<void> => {
  const executor = { rootPrefix: [], bash: '/bin/bash', logDir, signal: new AbortController().signal }
  for (const step of steps) {
    if (step.kind === 'write') {
      await mkdir(dirname(step.path), { recursive: true })
      await writeFileAtomic(step.path, step.content, step.mode)
    } else if (step.kind === 'publish') {
      if (step.origin) await writeOrigin(step.from, step.to, step.origin)
      await publish(step.from, step.to, async () => {})
    } else if (step.kind === 'verify') await verify(step)
    else if (step.kind === 'run') {
      if (step.temporary) await clearTemporary(step.temporary)
      await runCommand(step, executor, () => {})
    } else throw new Error(`this test carries out no ${step.kind} step`)
  }
}
