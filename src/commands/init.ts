/** `chv-doctor init`: writes the commented configuration file; an existing one is never replaced. */
import { configTemplate } from '../config/template.ts'
import { createFile } from '../files/output.ts'
import { docsAddress } from '../host/package-docs.ts'
import { errnoOf, exit, UsageError } from '../util/errors.ts'
import type { Context } from './context.ts'

/** @returns the exit code */
export const init = async ({ call, out }: Pick<Context, 'call' | 'out'>): Promise<number> => {
  const template = configTemplate(docsAddress('config.schema.json'))
  if (call.has('print')) {
    out.result(template)
    return exit.healthy
  }
  const path = `${process.cwd()}/chv-doctor.yaml`
  try {
    await createFile(path, template)
  } catch (error) {
    const errno = errnoOf(error)
    throw new UsageError(
      errno === 'EEXIST'
        ? `${path} exists already; edit it, or see \`chv-doctor init --print\`.`
        : `${path} cannot be written (${errno}).`,
      { cause: error },
    )
  }
  out.text(`Wrote ${path}: every key is in it, commented out at its default.\n`)
  return exit.healthy
}
