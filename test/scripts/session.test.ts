/** The pictures of the README: what a terminal showed becomes an SVG that any viewer takes. */
import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runsOf } from '../../scripts/session/ansi.ts'
import { palettes, svgOf } from '../../scripts/session/svg.ts'
import { repository } from '../helpers/disposable-host.ts'

const textsOf = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)

describe('a screen', () => {
  it('becomes runs at their columns, with the style that holds there', () => {
    const [first, second] = runsOf('\x1b[1mtitle\x1b[0m  \x1b[31m✗ bad\x1b[39m\n\x1b[2mquiet\x1b[22m')
    expect(first?.map(({ text, column, colour, bold }) => [text, column, colour, bold])).toEqual([
      ['title', 0, null, true],
      ['✗ bad', 7, 1, false],
    ])
    expect(second?.map(({ text, dim }) => [text, dim])).toEqual([['quiet', true]])
  })

  it('keeps a style to the next row, as tmux writes it', () => {
    expect(
      runsOf('\x1b[32ma\nb')
        .flat()
        .map(({ colour }) => colour),
    ).toEqual([2, 2])
  })
})

it('text of the screen is no markup', () => {
  const svg = svgOf([{ name: 'a', screen: '<script> & co', seconds: 1 }], palettes.dark, 'a < b')
  expect(textsOf(svg)).toEqual(['&lt;script&gt; &amp; co'])
  expect(svg).toContain('<title id="t">a &lt; b</title>')
})

describe.each(['dark', 'light'])('docs/session/%s.svg', (name) => {
  const path = `${repository}/docs/session/${name}.svg`
  const svg = readFileSync(path, 'utf8')

  it('is small, and tells the whole story', () => {
    expect(statSync(path).size).toBeLessThan(60_000)
    const texts = textsOf(svg).join('\n')
    for (const part of [
      '10 failed',
      'Which fixes should be applied?',
      'password for sky',
      'guest-reach, boot-probe',
    ])
      expect(texts).toContain(part)
  })

  it('loads nothing and runs nothing', () => {
    expect(svg).not.toMatch(/<script|<image|<foreignObject|url\(|href=|@import|on[a-z]+=/i)
  })

  it('shows the last moment where motion is not wanted', () => {
    const moments = svg.match(/<g class="f f\d+">/g)?.length ?? 0
    expect(svg).toContain(`.f{visibility:hidden}.f${moments - 1}{visibility:visible}`)
    expect(svg).toContain('@media (prefers-reduced-motion:no-preference)')
  })
})
