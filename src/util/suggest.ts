/** Levenshtein distance. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? a.length
}

const sorted = (word: string): string => [...word].sort().join('')

/** @returns the candidate closest to a misspelt word, or null when none is close */
export const nearest = (word: string, candidates: readonly string[]): string | null => {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      cost: distance(word.toLowerCase(), candidate.toLowerCase()),
      isLonger: candidate.startsWith(word),
    }))
    // Of two that are as close, a word that was cut short is the likelier mistake.
    .sort((a, b) => a.cost - b.cost || Number(b.isLonger) - Number(a.isLonger))
  const best = ranked[0]
  if (!best) return null
  // In a word of three letters two wrong ones are no misspelling, unless they only changed places.
  const isShort = word.length <= 3 && sorted(word) !== sorted(best.candidate)
  return best.cost <= (isShort ? 1 : Math.max(2, Math.floor(word.length / 3))) ? best.candidate : null
}

/** Suggestion suffix, `; did you mean "x"?`, or an empty string. */
export const suggestion = (word: string, candidates: readonly string[]): string => {
  const best = nearest(word, candidates)
  return best ? `; did you mean "${best}"?` : ''
}
