/** Where a command writes its result, and in which forms: `--format`, and `--output [FORMAT=]FILE` any number of times. */
import type { Invocation } from '../cli/args.ts'
import type { Output } from '../cli/output.ts'
import { UsageError } from '../util/errors.ts'
import { writeTo } from './write-to.ts'

export interface Target<Format extends string> {
  readonly format: Format
  /** Null: standard output. */
  readonly path: string | null
}

/**
 * "junit=FILE" names its format; a path alone takes the place of standard output.
 * @param formats of this command; the first is the default
 */
export const targetsOf = <Format extends string>(
  call: Pick<Invocation, 'text' | 'list'>,
  formats: readonly [Format, ...Format[]],
): readonly Target<Format>[] => {
  const wanted = call.text('format')
  const format = formats.find((one) => one === wanted) ?? formats[0]
  const values = call.list('output')
  const formatIn = (value: string) => formats.find((one) => value.startsWith(`${one}=`))
  const files = values.map((value): Target<Format> => {
    const named = formatIn(value)
    const path = named === undefined ? value : value.slice(named.length + 1)
    if (path === '') throw new UsageError(`--output ${value}: give the file after the "=".`)
    return { format: named ?? format, path }
  })
  const isReplaced = values.some((value) => formatIn(value) === undefined)
  return isReplaced ? files : [{ format, path: null }, ...files]
}

/** @param render makes the document; `isFile` tells that it is laid out for no terminal */
export const writeTargets = async <Format extends string>(
  targets: readonly Target<Format>[],
  out: Pick<Output, 'result' | 'text'>,
  render: (format: Format, isFile: boolean) => Promise<string>,
): Promise<void> => {
  for (const { format, path } of targets) {
    const text = await render(format, path !== null)
    if (path !== null) await writeTo('--output', path, text)
    else if (format === 'text') out.text(text)
    else out.result(text)
  }
}
