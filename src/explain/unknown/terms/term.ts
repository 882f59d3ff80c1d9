/** What the words of a line that is not known stand for: true of them in whatever message they occur. */

/** Which words; a sentence or two on what they are, and on what is usual where they stand in an error. */
export type Terms = readonly (readonly [RegExp, string])[]
