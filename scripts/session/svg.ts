/** Frames of a terminal as one SVG that plays them: no script, so that it may stand in a README. */
import { runsOf } from './ansi.ts'
import { columns, type Frame, rows } from './frames.ts'

export interface Palette {
  readonly ground: string
  readonly frame: string
  readonly text: string
  /** The eight colours of a terminal and their bright ones; what is not named is the text's. */
  readonly colours: Readonly<Record<number, string>>
}

/** Both have a contrast of 4.5 or more on their ground (WCAG 2, level AA). */
export const palettes: Readonly<Record<'dark' | 'light', Palette>> = {
  dark: {
    ground: '#0d1117',
    frame: '#30363d',
    text: '#e6edf3',
    colours: {
      1: '#ff7b72',
      2: '#56d364',
      3: '#e3b341',
      4: '#79c0ff',
      5: '#d2a8ff',
      6: '#56d4dd',
      8: '#9198a1',
    },
  },
  light: {
    ground: '#ffffff',
    frame: '#d1d9e0',
    text: '#1f2328',
    colours: {
      1: '#b3141d',
      2: '#116329',
      3: '#7d4e00',
      4: '#0550ae',
      5: '#6639ba',
      6: '#0b5d6b',
      8: '#59636e',
    },
  },
}

const cell = { width: 8.4, height: 18 } as const
const margin = { side: 16, top: 38, bottom: 14 } as const

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)

const round = (value: number): string => String(Math.round(value * 10) / 10)

const rowsOf = (screen: string): string =>
  runsOf(screen)
    .slice(0, rows)
    .flatMap((runs, row) =>
      runs.map(({ text, column, colour, bold, dim, underlined }) => {
        const names = [
          colour === null ? '' : `c${colour}`,
          bold ? 'b' : '',
          dim ? 'd' : '',
          underlined ? 'u' : '',
        ].filter(Boolean)
        const looks = names.length > 0 ? ` class="${names.join(' ')}"` : ''
        const x = round(margin.side + column * cell.width)
        const y = round(margin.top + (row + 0.75) * cell.height)
        // The width is said, so that a font of another width keeps the columns.
        const width = round([...text].length * cell.width)
        return `<text x="${x}" y="${y}" textLength="${width}"${looks}>${escaped(text)}</text>`
      }),
    )
    .join('\n')

/** Each frame is visible for its part of the whole; the last one where motion is not wanted. */
const timing = (frames: readonly Frame[]): string => {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0)
  let start = 0
  const rules = frames.map(({ seconds }, index) => {
    const from = round((start / total) * 100)
    start += seconds
    const to = round((start / total) * 100)
    const before = index > 0 ? `0%{visibility:hidden}` : ''
    const after = index < frames.length - 1 ? `${to}%{visibility:hidden}` : ''
    return `@keyframes f${index}{${before}${from}%{visibility:visible}${after}}`
  })
  const plays = frames.map((_, index) => `.f${index}{animation:f${index} ${total}s step-end infinite}`)
  return `.f{visibility:hidden}.f${frames.length - 1}{visibility:visible}
@media (prefers-reduced-motion:no-preference){${plays.join('')}}
${rules.join('\n')}`
}

/** @param title what somebody hears who does not see the picture */
export const svgOf = (frames: readonly Frame[], palette: Palette, title: string): string => {
  const width = round(margin.side * 2 + columns * cell.width)
  const height = round(margin.top + margin.bottom + rows * cell.height)
  const colours = Object.entries(palette.colours).map(([number, colour]) => `.c${number}{fill:${colour}}`)
  const buttons = [0, 1, 2].map(
    (index) => `<circle cx="${20 + index * 18}" cy="19" r="5.5" fill="${palette.frame}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">
<title id="t">${escaped(title)}</title>
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${palette.text};white-space:pre}
.b{font-weight:700}.d{opacity:.72}.u{text-decoration:underline}
${colours.join('')}
${timing(frames)}
</style>
<rect x=".5" y=".5" width="${round(Number(width) - 1)}" height="${round(Number(height) - 1)}" rx="8" fill="${palette.ground}" stroke="${palette.frame}"/>
${buttons.join('')}
${frames.map(({ screen }, index) => `<g class="f f${index}">\n${rowsOf(screen)}\n</g>`).join('\n')}
</svg>
`
}
