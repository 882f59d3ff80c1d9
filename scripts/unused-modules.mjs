const shownPrompts = ['confirm']

/** What the default renderer of listr2 loads when it begins to draw; src/engine/live-list.ts draws instead. */
const drawing = ['log-update', 'cli-truncate', 'wrap-ansi']

/**
 * A plugin of esbuild. inquirer names every prompt; the doctor shows one of them, and one of its own. The editor
 * alone brings 490 KB of character sets. listr2 names what only its other renderers need. What is not used is
 * an empty module.
 */
export const unusedModules = {
  name: 'unused-modules',
  setup({ onResolve, onLoad }) {
    const unused = { namespace: 'unused-module' }
    onResolve({ filter: /^@inquirer\// }, ({ path, importer }) => {
      const [, prompt = ''] = path.split('/')
      const isPrompt = importer.includes('/@inquirer/prompts/')
      return isPrompt && !shownPrompts.includes(prompt) ? { path, ...unused } : undefined
    })
    onResolve({ filter: new RegExp(`^(?:${drawing.join('|')})$`) }, ({ path, importer }) =>
      importer.includes('/listr2/') ? { path, ...unused } : undefined,
    )
    onLoad({ filter: /./, ...unused }, () => ({
      contents:
        'export default undefined; export const Separator = undefined; export const createLogUpdate = undefined',
    }))
  },
}
