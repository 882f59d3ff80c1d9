/** A merge in the form that was asked for, each loaded on use. */
import type { mergeFormats } from '../../cli/flags.ts'
import type { Merge } from '../../contract/merge.ts'
import { jsonText } from '../../util/printable.ts'

/** @returns the whole document, ending in a newline */
export const renderMergeAs = async (
  format: (typeof mergeFormats)[number],
  merge: Merge,
  options: { readonly color: boolean; readonly width: number },
): Promise<string> => {
  switch (format) {
    case 'text':
      return (await import('./text.ts')).renderMergeText(merge, options)
    case 'json':
      return jsonText(merge)
    case 'markdown':
      return (await import('./markdown.ts')).renderMergeMarkdown(merge)
    case 'html':
      return (await import('./page.ts')).renderMergePage(merge)
  }
}
