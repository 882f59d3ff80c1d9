/**
 * The documentation as a site: `npm run docs:site`. Pages are where they are in the repository, so that a link
 * that works there works here; one that leads nowhere fails the build. CHV_DOCTOR_SITE_BASE is the path below
 * which the site will be, by default "/".
 */
import { cpSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { unlinkDirectories } from '../directory-links.ts'
import { sidebar } from '../navigation.ts'

const repository = new URL('../../..', import.meta.url).pathname
const outDir = `${repository}dist/site`
const base = process.env.CHV_DOCTOR_SITE_BASE || '/'

/** What pages link to besides pages. */
const files = ['docs', 'deploy', 'action.yml', 'LICENSE', 'package.json']

export default {
  srcDir: '../..',
  srcExclude: ['dist/**', 'test/**', 'scripts/**', 'deploy/**', '**/node_modules/**'],
  outDir,
  cacheDir: `${repository}node_modules/.cache/vitepress`,
  base,
  rewrites: { 'docs/README.md': 'docs/index.md', 'README.md': 'index.md', 'README.zh-CN.md': 'zh-CN.md' },
  title: 'chv-doctor',
  description: 'From nothing to a booted Cloud Hypervisor guest, and why it would not',
  markdown: { config: unlinkDirectories },
  // Pictures are copied below, where pages expect them.
  vue: { template: { transformAssetUrls: false } },
  // Not pages: test/docs.test.ts says whether these files exist, and they are copied below.
  ignoreDeadLinks: [/\/deploy\//],
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    sidebar: sidebar(),
    nav: [
      { text: 'First boot', link: '/docs/first-boot' },
      { text: 'All pages', link: '/docs/' },
      { text: 'Changes', link: '/CHANGELOG' },
      { text: '中文', link: '/zh-CN' },
    ],
  },
  buildEnd: () => {
    for (const name of files) {
      mkdirSync(dirname(`${outDir}/${name}`), { recursive: true })
      cpSync(`${repository}${name}`, `${outDir}/${name}`, {
        recursive: true,
        filter: (path) => !path.endsWith('.md'),
      })
    }
  },
}
