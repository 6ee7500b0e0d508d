import { v7 as newId } from 'uuid'
import type { Decision, Outcome } from '#lib/moderation/moderation.ts'
import { getStore } from '#lib/store/index.ts'

/**
 * Decides on each of these comments; what one moderator did meanwhile another is told.
 *
 * @param batch the same for all that are undone together
 */
export async function decideAll(
  decision: Decision,
  comments: { id: string; seen?: string }[],
  moderator: string,
  batch = newId(),
): Promise<Outcome> {
  const store = await getStore()
  const missed: Outcome['missed'] = []
  for (const { id, seen } of comments) {
    const decided = await store.decide({ id, seen, decision, moderator, batch })
    if (!decided) missed.push(undefined)
    else if ('stands' in decided) missed.push(decided.stands)
  }
  return { act: decision, missed, done: comments.length - missed.length }
}

/** Takes back what was decided together. */
export async function undoAll(batch: string, moderator: string): Promise<Outcome> {
  const { undone, stand } = await (await getStore()).undo(batch, moderator)
  return { act: 'undo', missed: stand, done: undone }
}
