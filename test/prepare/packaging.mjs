// What `npm run build:standalone` and its tests need.
import { tool } from './tool.mjs'

export const checks = [
  tool('llvm-strip', 'llvm'),
  tool('dpkg-deb', 'dpkg'),
  tool('rpmbuild', 'rpm'),
  tool('cpio', 'cpio'),
  tool('lintian', 'lintian'),
  tool('mmdebstrap', 'mmdebstrap'),
]
