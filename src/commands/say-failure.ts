/** One sentence on a fix, or a change to undo, that failed. */
import { pageFor } from '../report/layout.ts'
import type { Context } from './context.ts'

/** On a terminal the sentence is broken at blanks; in a file it stays one line, so that it can be searched for. */
export const sayFailure = (
  { look, terminal, out }: Pick<Context, 'look' | 'terminal' | 'out'>,
  what: string,
  message: string,
) => {
  const page = pageFor(look)
  const text = `failed ${what}: ${message}`
  const lines = terminal.live ? page.lines(text) : [page.say(text)]
  out.say(lines.join('\n').replace(/^failed/, page.paint('bad', 'failed')))
}
