/** Names of errors in the words that they are made of. */

/** @returns a text behind which its names in camel case stand in words: "ApiSocketInUse" as "Api Socket In Use" */
export const withWordsOfNames = (text: string): string => {
  const names = text.match(/\b[A-Z][a-z0-9]{1,30}(?:[A-Z][A-Za-z0-9]{1,60})\b/g) ?? []
  return names.length === 0
    ? text
    : `${text} ${names.map((name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')).join(' ')}`
}
