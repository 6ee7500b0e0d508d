import { v7 as newId } from 'uuid'
import { formatMoment } from '#lib/dates.ts'
import { DECIDED, type Decision, type Standing, standingSentence } from '#lib/moderation.ts'
import { getStore } from '#lib/store/index.ts'

/**
 * Decides on each of these comments; what one moderator did meanwhile another is told.
 *
 * @param batch the same for all that are undone together
 * @returns what is to be said of those that were not decided on; nothing when there are none
 */
export async function decideAll(
  decision: Decision,
  comments: { id: string; seen?: string }[],
  moderator: string,
  batch = newId(),
): Promise<string | undefined> {
  const store = await getStore()
  const missed: (Standing | undefined)[] = []
  for (const { id, seen } of comments) {
    const decided = await store.decide({ id, seen, decision, moderator, batch })
    if (!decided) missed.push(undefined)
    else if ('stands' in decided) missed.push(decided.stands)
  }
  return tell(missed, comments.length - missed.length, DECIDED[decision])
}

/** @returns as `decideAll` */
export async function undoAll(batch: string, moderator: string): Promise<string | undefined> {
  const { undone, stand } = await (await getStore()).undo(batch, moderator)
  if (undone + stand.length === 0) return 'There is nothing to undo.'
  return tell(stand, undone, 'undone')
}

function tell(missed: (Standing | undefined)[], done: number, what: string): string | undefined {
  if (missed.length === 0) return
  const moment = (at: number) => formatMoment(at, 'en')
  const sentences = missed.map((standing) => standingSentence(standing, moment))
  const others = done === 0 ? [] : [`${done} ${done === 1 ? 'other was' : 'others were'} ${what}.`]
  return [`Not ${what}:`, ...sentences, ...others].join(' ')
}
