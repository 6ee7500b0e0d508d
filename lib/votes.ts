import { fill, formatNumber, plural } from '#lib/i18n/messages.ts'
import messages from '#messages/votes.json' with { type: 'json' }

/** The vote that a reader sets; `none` takes it back. */
export type Vote = 'up' | 'down' | 'none'

/** The numbers of votes on the story or on a comment, and the vote of the reader who asks. */
export type Tally = { up: number; down: number; mine: 'up' | 'down' | null }

/** The address at which the server shows the story with a vote that was sent without script. */
export const VOTED_PATH = '/?voted'

/** Counts points: upvotes less downvotes. */
export function points(tally: Tally): number {
  return tally.up - tally.down
}

/**
 * Writes a number of points as it is shown: with a minus sign as wide as a plus, and from 100,000 on in
 * short, so that it fits the room that is kept for it.
 */
export function formatPoints(count: number, options?: Intl.NumberFormatOptions): string {
  const isShort = Math.abs(count) < 100_000
  return formatNumber(count, isShort ? options : { notation: 'compact', ...options }).replace(
    '-',
    '−',
  )
}

/** Writes a number of points with its noun, such as "1 point", for readers who hear it. */
export function pointsAloud(count: number): string {
  return plural(messages.points, count, { count: formatPoints(count) })
}

/** Writes the votes on the story, as in "1 Person voted this article. 1 Upvote - 0 Downvotes." */
export function voteSentence({ up, down }: Tally): string {
  return fill(messages.sentence, {
    people: plural(messages.people, up + down),
    upvotes: plural(messages.upvotes, up),
    downvotes: plural(messages.downvotes, down),
  })
}

/** Returns the tally with this reader's vote set to `vote`; setting the same again changes nothing. */
export function withVote(tally: Tally, vote: Vote): Tally {
  const mine = vote === 'none' ? null : vote
  return {
    up: tally.up - Number(tally.mine === 'up') + Number(mine === 'up'),
    down: tally.down - Number(tally.mine === 'down') + Number(mine === 'down'),
    mine,
  }
}

/** Returns the vote that pressing a button sets: the other one changes it, the same one takes it back. */
export function voteAfterPress(mine: Vote | null | undefined, side: 'up' | 'down'): Vote {
  return mine === side ? 'none' : side
}

/** Standard deviations around the mean of a normal distribution within which 95 % of cases lie. */
const Z_SCORE = 1.96

/**
 * Scores a comment from 0 to 1 by the lower bound of Wilson's interval for its share of upvotes, so that
 * 1 of 1 ranks below 90 of 100. Wilson 1927, https://doi.org/10.2307/2276774
 */
export function wilsonScore({ up, down }: Pick<Tally, 'up' | 'down'>): number {
  if (up === 0) return 0
  const votes = up + down
  const share = up / votes
  const zSquared = Z_SCORE ** 2
  const spread = Z_SCORE * Math.sqrt((share * (1 - share) + zSquared / (4 * votes)) / votes)
  return Math.max(0, (share + zSquared / (2 * votes) - spread) / (1 + zSquared / votes))
}
