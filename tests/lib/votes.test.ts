import { expect, test } from 'vitest'
import { points, pressed, type Tally, voteSentence, withVote } from '#lib/votes.ts'

const tally = (up: number, down: number, mine: Tally['mine'] = null): Tally => ({ up, down, mine })

test('points are upvotes less downvotes', () => {
  expect(points(tally(3, 5))).toBe(-2)
})

test.each([
  [tally(0, 0), '0 People voted this article. 0 Upvotes - 0 Downvotes.'],
  [tally(1, 0), '1 Person voted this article. 1 Upvotes - 0 Downvotes.'],
  [tally(2, 1), '3 People voted this article. 2 Upvotes - 1 Downvotes.'],
])('the sentence counts people', (votes, sentence) => {
  expect(voteSentence(votes)).toBe(sentence)
})

test.each([
  ['a first vote counts one', tally(3, 1), 'up', tally(4, 1, 'up')],
  ['changing sides moves the points by two', tally(4, 1, 'up'), 'down', tally(3, 2, 'down')],
  ['taking it back restores', tally(3, 2, 'down'), 'none', tally(3, 1)],
  ['the same again changes nothing', tally(4, 1, 'up'), 'up', tally(4, 1, 'up')],
  ['nothing taken back is nothing', tally(3, 1), 'none', tally(3, 1)],
] as const)('%s', (_, before, vote, after) => {
  expect(withVote(before, vote)).toEqual(after)
})

test('pressing one’s own side takes the vote back, the other changes it', () => {
  expect(pressed(tally(1, 0, 'up'), 'up')).toBe('none')
  expect(pressed(tally(1, 0, 'up'), 'down')).toBe('down')
  expect(pressed(tally(0, 0), 'up')).toBe('up')
})
