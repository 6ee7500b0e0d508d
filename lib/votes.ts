/** The value a reader has set. `none` takes a vote back. */
export type Vote = 'up' | 'down' | 'none'

/** All votes on the story, and the asking reader's own. */
export type Tally = { up: number; down: number; mine: 'up' | 'down' | null }

export function points(tally: Tally): number {
  return tally.up - tally.down
}

/** "1 Person voted this article. 1 Upvotes - 0 Downvotes." */
export function voteSentence({ up, down }: Tally): string {
  const voters = up + down
  return `${voters} ${voters === 1 ? 'Person' : 'People'} voted this article. ${up} Upvotes - ${down} Downvotes.`
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
export function pressed(tally: Tally, side: 'up' | 'down'): Vote {
  return tally.mine === side ? 'none' : side
}
