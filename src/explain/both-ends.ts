/** Shortens a message so that its reason is kept, which stands at its end in most programs. */

/** What a value in Debug form, or a backtrace, puts behind the words of an error. */
const tail = /[\\"]{0,8},? ?(?:details|special_fields|unknown_fields|cached_size): .*$|Stack backtrace:.*$/s

/** Behind the last of these stands what was met first. */
const innerMark = /\b[Cc]aused by:|\bdesc = |\bmessage: \\*"/g

/** Bytes of a message in Debug form. */
const numbers = /\[(?:\d{1,3}, ){6,}\d{0,3}\]?/g

/** Fewer are an errno without its step. */
const enoughWords = 40

/** @returns the line, or of a long one its beginning and the reason, which stands at the end of a chain */
export const bothEnds = (text: string): string => {
  if (text.length <= 300) return text
  const words = text
    .replace(tail, '')
    .replace(numbers, '[…]')
    .replace(/(?:\\+n|\s)+/g, ' ')
    .replace(/\\+"/g, '"')
    .trim()
  const mark = [...words.matchAll(innerMark)].at(-1)
  const reason = mark ? words.slice(mark.index + mark[0].length).trim() : ''
  return `${text.slice(0, 120)} … ${(reason.length < enoughWords ? words : reason).slice(-170)}`
}
