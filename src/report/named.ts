/** "a, b and 3 more": as many as fit. */
export const named = (ids: readonly string[], room: number): string => {
  for (let count = ids.length; count > 0; count--) {
    const rest = ids.length - count
    const text = ids.slice(0, count).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
    if (text.length <= room) return text
  }
  return `${ids.length} checks`
}
