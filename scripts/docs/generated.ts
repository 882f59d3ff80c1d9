/** The files below docs/ that are made from the code. */
import { causesPage } from './causes-page.ts'
import { configPage } from './config-page.ts'
import { configSchema } from './config-schema.ts'
import { indexPage } from './index-page.ts'
import { manPages } from './man-pages.ts'

/** @returns the path of each file in the repository, with its content */
export const generatedDocs = (): Readonly<Record<string, string>> => ({
  'docs/README.md': indexPage(),
  ...manPages(),
  'docs/causes.md': causesPage(),
  'docs/config.md': configPage(),
  'docs/config.schema.json': `${JSON.stringify(configSchema(), null, 2)}\n`,
})
