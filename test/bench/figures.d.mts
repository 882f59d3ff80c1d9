export const record: (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  note?: string,
  slug?: string,
) => void
export const writePage: (path?: string) => void
