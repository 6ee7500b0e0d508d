import { formatNumber, plural } from '#lib/i18n/messages.ts'
import words from '#messages/votes.json' with { type: 'json' }

/** The value a reader has set. `none` takes a vote back. */
export type Vote = 'up' | 'down' | 'none'

/** All votes on the story or on a comment, and the asking reader's own. */
export type Tally = { up: number; down: number; mine: 'up' | 'down' | null }

/** The address at which the server shows the story with a vote that was sent without script. */
export const VOTED_PATH = '/?voted'

export function points(tally: Tally): number {
  return tally.up - tally.down
}

/**
 * Writes a number of points as it is shown: with a minus sign as wide as a plus, and from 100,000 on in
 * short, so that it fits the room that is kept for it.
 */
export function formatPoints(count: number): string {
  const isShort = Math.abs(count) < 100_000
  return formatNumber(count, isShort ? undefined : { notation: 'compact' }).replace('-', '−')
}

/** "1 Person voted this article. 1 Upvotes - 0 Downvotes." */
export function voteSentence({ up, down }: Tally): string {
  const sides = [plural(words.upvotes, up), plural(words.downvotes, down)]
  return `${plural(words.people, up + down)} ${sides.join(' - ')}.`
}

/** The tally as it will be once this reader's vote is `vote`: setting the same again changes nothing. */
export function withVote(tally: Tally, vote: Vote): Tally {
  const mine = vote === 'none' ? null : vote
  return {
    up: tally.up - Number(tally.mine === 'up') + Number(mine === 'up'),
    down: tally.down - Number(tally.mine === 'down') + Number(mine === 'down'),
    mine,
  }
}

/** What pressing a side sets: the other side changes the vote, the same side takes it back. */
export function pressed(mine: Vote | null | undefined, side: 'up' | 'down'): Vote {
  return mine === side ? 'none' : side
}

/** Of the normal distribution: 95 % of cases lie so many deviations around the mean. */
const DEVIATIONS = 1.96

/**
 * How good a comment surely is, from 0 to 1: the lower end of Wilson's interval for the share of its
 * upvotes, so that 1 of 1 stands below 90 of 100. Wilson 1927, https://doi.org/10.2307/2276774
 */
export function lowerBound({ up, down }: Pick<Tally, 'up' | 'down'>): number {
  if (up === 0) return 0
  const votes = up + down
  const share = up / votes
  const z2 = DEVIATIONS ** 2
  const spread = DEVIATIONS * Math.sqrt((share * (1 - share) + z2 / (4 * votes)) / votes)
  return Math.max(0, (share + z2 / (2 * votes) - spread) / (1 + z2 / votes))
}
