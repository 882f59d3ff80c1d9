/** The name beside a final one under which a command makes a file. @param ending what is being done to it */
export const tempPath = (path: string, ending: string): string =>
  path.replace(/[^/]*$/, (name) => `.${name}.${ending}`)
