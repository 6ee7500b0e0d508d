import { v7 as newId } from 'uuid'
import { missedSentence, type Speech } from '#lib/desk-sentences.ts'
import type { Decision, Standing } from '#lib/moderation.ts'
import { getStore } from '#lib/store/index.ts'
import words from '#messages/desk-sentences.json' with { type: 'json' }

/**
 * Decides on each of these comments; what one moderator did meanwhile another is told.
 *
 * @param batch the same for all that are undone together
 * @param speech how it is said where that is not the desk
 * @returns what is to be said of those that were not decided on; nothing when there are none
 */
export async function decideAll(
  decision: Decision,
  comments: { id: string; seen?: string }[],
  moderator: string,
  batch = newId(),
  speech?: Speech,
): Promise<string | undefined> {
  const store = await getStore()
  const missed: (Standing | undefined)[] = []
  for (const { id, seen } of comments) {
    const decided = await store.decide({ id, seen, decision, moderator, batch })
    if (!decided) missed.push(undefined)
    else if ('stands' in decided) missed.push(decided.stands)
  }
  if (missed.length === 0) return
  return missedSentence(decision, missed, comments.length - missed.length, speech)
}

/** @returns as `decideAll` */
export async function undoAll(
  batch: string,
  moderator: string,
  speech?: Speech,
): Promise<string | undefined> {
  const { undone, stand } = await (await getStore()).undo(batch, moderator)
  if (undone + stand.length === 0) return (speech?.words ?? words).nothingToUndo
  if (stand.length > 0) return missedSentence('undo', stand, undone, speech)
}
