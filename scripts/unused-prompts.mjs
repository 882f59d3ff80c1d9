const shownPrompts = ['confirm']

/**
 * A plugin of esbuild. inquirer names every prompt; the doctor shows one of them, and one of its own. The editor
 * alone brings 490 KB of character sets. What is not shown is an empty module.
 */
export const unusedPrompts = {
  name: 'unused-prompts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@inquirer\// }, ({ path, importer }) => {
      const [, prompt = ''] = path.split('/')
      const isPrompt = importer.includes('/@inquirer/prompts/')
      return isPrompt && !shownPrompts.includes(prompt) ? { path, namespace: 'unused-prompt' } : undefined
    })
    onLoad({ filter: /./, namespace: 'unused-prompt' }, () => ({
      contents: 'export default undefined; export const Separator = undefined',
    }))
  },
}
