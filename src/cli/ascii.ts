/** Our own characters in a locale that has ASCII only; characters of data stay as they are. */

const plain: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '–': '-',
  '·': '-',
  '→': '->',
}

/** Three columns take the place of one: blanks behind them give way, so that columns stay columns. */
const ellipses = /…( {3,})?/g

/** @returns the same text, with ASCII in the place of marks, dashes and ellipses */
export const asciiText = (text: string): string =>
  text
    .replace(ellipses, (_, blanks: string | undefined) => `...${blanks ? blanks.slice(2) : ''}`)
    .replace(/[✓✗–·→]/g, (mark) => plain[mark] ?? mark)
