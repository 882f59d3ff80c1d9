/**
 * The name under which a file is made before it gets its final one: hidden, in the same directory.
 * @param path the final name
 * @param ending what is being done to it, such as "part" or "converting"
 */
export const tempPath = (path: string, ending: string): string =>
  path.replace(/[^/]*$/, (name) => `.${name}.${ending}`)
