import { readFileSync, realpathSync } from 'node:fs'

// esbuild gives the real path, also where node_modules is a link.
const ours = realpathSync(new URL('../node_modules/string-width/index.js', import.meta.url))

/** What string-width makes as soon as it is loaded, and what makes it on first use. */
const deferred = {
  'const segmenter = new Intl.Segmenter();': `let madeSegmenter;
const segmenter = { segment: (text) => (madeSegmenter ??= new Intl.Segmenter()).segment(text) };`,
  'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;': `let madeRgiEmojiRegex;
const rgiEmojiRegex = { test: (text) => (madeRgiEmojiRegex ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };`,
}

/**
 * A plugin of esbuild. string-width makes a segmenter and a set of all emoji when it is loaded, which takes
 * longer than starting Node.js; few texts of ours need either.
 */
export const deferredWidth = {
  name: 'deferred-width',
  setup({ onLoad }) {
    onLoad({ filter: /\/string-width\/index\.js$/ }, ({ path }) => {
      // The older ones in the packages of listr2 are loaded only to draw.
      if (path !== ours) return undefined
      let contents = readFileSync(path, 'utf8')
      for (const [eager, lazy] of Object.entries(deferred)) {
        if (!contents.includes(eager)) throw new Error(`string-width no longer has: ${eager}`)
        contents = contents.replace(eager, () => lazy)
      }
      return { contents }
    })
  },
}
