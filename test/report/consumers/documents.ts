/** What a consumer has to read: of texts that its syntax could take for its own, of nothing, and of this host. */
import type { Format } from '../../../src/report/formats/render.ts'
import { renderAs } from '../../../src/report/formats/render.ts'
import { runCli } from '../../helpers/run-cli.ts'
import { hostileReportOf, results } from '../hostile-report.ts'

const options = { color: false, width: 80, detail: 'all', advice: true } as const

type Documents = Readonly<Record<string, string>>

const write = async (format: Format): Promise<Documents> => ({
  'hostile texts': await renderAs(format, hostileReportOf(results), options),
  'no check': await renderAs(format, hostileReportOf([]), options),
  'recorded facts': await renderAs(
    format,
    { ...hostileReportOf(results), host: null, startedAt: null },
    options,
  ),
  'this host': (await runCli(['check', '--format', format])).stdout,
})

const written = new Map<Format, Promise<Documents>>()

/** @returns the documents by what they are of, written once for a test file */
export const documents = (format: Format): Promise<Documents> => {
  const promise = written.get(format) ?? write(format)
  written.set(format, promise)
  return promise
}
