/** Links to directories, which a repository's host lists and a site does not: their text stays, without a link. */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

interface Token {
  readonly type: string
  tag: string
  attrs: [string, string][] | null
  children: Token[] | null
}

interface State {
  readonly tokens: Token[]
  readonly env: { readonly path: string }
}

/** The part of markdown-it that is used. */
interface Markdown {
  readonly core: { readonly ruler: { push(name: string, rule: (state: State) => void): void } }
}

const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** @param markdown the parser of the site */
export const unlinkDirectories = (markdown: Markdown): void => {
  markdown.core.ruler.push('unlink-directories', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let inside = false
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const target = token.attrs?.find(([name]) => name === 'href')?.[1] ?? ''
          inside = !target.includes(':') && isDirectory(resolve(dirname(env.path), decodeURI(target)))
        }
        if (inside && token.type.startsWith('link_')) {
          token.tag = 'span'
          token.attrs = null
        }
        if (token.type === 'link_close') inside = false
      }
    }
  })
}
