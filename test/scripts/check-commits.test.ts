import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../scripts/check-commits.mjs'

describe('problemsOf', () => {
  it.each([
    'Add a check for swap',
    'Seed images: read them in one place\n\nThe body says why, for instance that /home/user/x was read twice.\n',
    'Bring the bridge up',
  ])('has nothing against %j', (message) => {
    expect(problemsOf(message)).toEqual([])
  })

  it.each([
    ['x'.repeat(73), 'The subject has 73 characters'],
    ['add a check', 'starts with a capital letter'],
    ['Add a check.', 'without punctuation'],
    ['Added a check', '"Added" is none'],
    ['Fixes the lock', '"Fixes" is none'],
    ['Adding a check', '"Adding" is none'],
    ['fixup! Add a check', 'still to be squashed'],
    ['Add a check\nand more', 'An empty line'],
    ['Add a check\n\nSeen in /home/ann/build.log', '"/home/ann/build.log" is a path of one machine'],
    ['Read /root/notes first', '"/root/notes" is a path of one machine'],
  ])('refuses %j', (message, problem) => {
    expect(problemsOf(message).join('\n')).toContain(problem)
  })
})
