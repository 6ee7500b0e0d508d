import { v7 as newId } from 'uuid'
import type { Decision, DecisionResult } from '#lib/moderation/moderation.ts'
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
): Promise<DecisionResult> {
  const store = await getStore()
  const conflicts: DecisionResult['conflicts'] = []
  for (const { id, seen } of comments) {
    const decided = await store.decide({ id, seen, decision, moderator, batch })
    if (!decided) conflicts.push(undefined)
    else if ('conflict' in decided) conflicts.push(decided.conflict)
  }
  return { action: decision, conflicts, done: comments.length - conflicts.length }
}

/** Takes back what was decided together. */
export async function undoAll(batch: string, moderator: string): Promise<DecisionResult> {
  const { undone, conflicts } = await (await getStore()).undo(batch, moderator)
  return { action: 'undo', conflicts, done: undone }
}
