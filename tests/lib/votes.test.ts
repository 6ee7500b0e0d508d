// Tests lib/votes.ts, lib/time.ts
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatPoints,
  wilsonScore,
  points,
  voteAfterPress,
  type Tally,
  voteSentence,
  withVote,
} from '#lib/votes.ts'

const tally = (up: number, down: number, mine: Tally['mine'] = null): Tally => ({ up, down, mine })

test('points are upvotes less downvotes', () => {
  expect(points(tally(3, 5))).toBe(-2)
})

test.each([
  [99_999, '99,999'],
  [100_000, '100K'],
  [-1, '−1'],
])('%i points fit the room that is kept for them', (count, shown) => {
  expect(formatPoints(count)).toBe(shown)
})

test.each([
  [tally(0, 0), '0 People voted this article. 0 Upvotes - 0 Downvotes.'],
  [tally(1, 0), '1 Person voted this article. 1 Upvote - 0 Downvotes.'],
  [tally(2, 1), '3 People voted this article. 2 Upvotes - 1 Downvote.'],
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
  expect(voteAfterPress('up', 'up')).toBe('none')
  expect(voteAfterPress('up', 'down')).toBe('down')
  expect(voteAfterPress(null, 'up')).toBe('up')
})

describe('how good a comment surely is', () => {
  test.each([
    [0, 0, 0],
    [1, 0, 0.2065],
    [10, 0, 0.7225],
    [90, 10, 0.8256],
    [0, 5, 0],
    [50, 50, 0.4038],
  ])('%d up and %d down: at least %d', (up, down, expected) => {
    expect(wilsonScore({ up, down })).toBeCloseTo(expected, 4)
  })

  test('it lies between 0 and the share of upvotes, and grows with each', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), (up, down) => {
        const bound = wilsonScore({ up, down })
        expect(bound).toBeGreaterThanOrEqual(0)
        expect(bound).toBeLessThanOrEqual(up / Math.max(1, up + down))
        expect(wilsonScore({ up: up + 1, down })).toBeGreaterThan(bound)
      }),
      // Rounding put it above the share.
      { examples: [[0, 499_997]] },
    )
  })
})
