/** What takes minutes to build and does not change: kept outside the repository, by the recipe that made it. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { cacheDirectory } from '../prepare/places.mjs'

/**
 * A directory with what `build` makes. It appears under its name only when it is complete, so that an
 * interrupted build is built again; an older recipe of the same name is removed.
 * @param recipe all that the result depends on; a change of it builds anew
 */
export const cached = async (
  name: string,
  recipe: readonly string[],
  build: (directory: string) => Promise<void>,
): Promise<string> => {
  const key = createHash('sha256').update(recipe.join('\0')).digest('hex').slice(0, 12)
  const directory = `${cacheDirectory}/${name}-${key}`
  if (existsSync(directory)) return directory
  mkdirSync(cacheDirectory, { recursive: true })
  const partial = `${directory}.partial-${process.pid}`
  mkdirSync(partial)
  try {
    await build(partial)
    // Another run may have been faster; both made the same.
    if (!existsSync(directory)) renameSync(partial, directory)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  for (const old of readdirSync(cacheDirectory)) {
    if (old.startsWith(`${name}-`) && /-[0-9a-f]{12}$/.test(old) && old.length === `${name}-${key}`.length)
      if (`${cacheDirectory}/${old}` !== directory) rmSync(`${cacheDirectory}/${old}`, { recursive: true })
  }
  return directory
}
