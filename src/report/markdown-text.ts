/** Texts inside GitHub-flavoured Markdown. */

/** Everything that Markdown or HTML could read as markup, and what would end a cell or a line. */
export const escaped = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&')

/** A word or command in code type. */
export const code = (text: string): string => `\`${text.replace(/[`\s]+/g, ' ').replaceAll('|', '\\|')}\``

/** @param rows cells that are Markdown already */
export const table = (headers: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${headers.join(' | ')} |`,
  `| ${headers.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
]
