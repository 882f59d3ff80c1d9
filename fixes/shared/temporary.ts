/** The name beside a final one under which a command makes a file. */
export const temporaryFor = (path: string): string => path.replace(/[^/]*$/, (name) => `.${name}.making`)
