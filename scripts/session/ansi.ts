/** What a terminal shows, as runs of text that look the same. */

interface Style {
  /** One of the sixteen colours, or null for the terminal's own. */
  readonly colour: number | null
  readonly bold: boolean
  readonly dim: boolean
  readonly underlined: boolean
}

export interface Run extends Style {
  readonly column: number
  readonly text: string
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
const pieces = /\x1b\[([\d;]*)m|([^\x1b]+)/g

const plain: Style = { colour: null, bold: false, dim: false, underlined: false }

/** Parameters of SGR, as ECMA-48 numbers them; what the program does not use changes nothing. */
const apply = (style: Style, parameter: number): Style => {
  if (parameter === 0) return plain
  if (parameter === 1) return { ...style, bold: true }
  if (parameter === 2) return { ...style, dim: true }
  if (parameter === 4) return { ...style, underlined: true }
  if (parameter === 22) return { ...style, bold: false, dim: false }
  if (parameter === 24) return { ...style, underlined: false }
  if (parameter >= 30 && parameter <= 37) return { ...style, colour: parameter - 30 }
  if (parameter >= 90 && parameter <= 97) return { ...style, colour: parameter - 82 }
  if (parameter === 39) return { ...style, colour: null }
  return style
}

/**
 * @param screen rows as `tmux capture-pane -e` prints them: every character takes one column
 * @returns the runs of each row, without blanks between them
 */
export const runsOf = (screen: string): readonly (readonly Run[])[] => {
  let style = plain
  return screen.split('\n').map((row) => {
    const runs: Run[] = []
    let column = 0
    for (const [, codes, text] of row.matchAll(pieces)) {
      if (codes !== undefined) style = codes.split(';').map(Number).reduce(apply, style)
      else if (text !== undefined) {
        // What two blanks or more stand between is placed apart, so that columns stay columns in any font.
        for (const { 0: word, index } of text.matchAll(/\S+(?: \S+)*/g))
          runs.push({ ...style, column: column + [...text.slice(0, index)].length, text: word })
        column += [...text].length
      }
    }
    return runs
  })
}
