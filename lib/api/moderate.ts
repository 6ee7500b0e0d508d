import { v7 as newId } from 'uuid'
import type { Decision, DecisionResult } from '#lib/moderation/moderation.ts'
import { getStore } from '#lib/store/index.ts'

/**
 * Decides on each of these comments, one after another.
 *
 * @param comments `seen` is the version that the moderator saw: one that has changed since is left alone
 * @param batch an id shared by all decisions that are undone together
 * @returns how many were decided on, and what had become of each of the others meanwhile
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

/** Undoes the decisions of a batch, but for comments that have changed since. */
export async function undoAll(batch: string, moderator: string): Promise<DecisionResult> {
  const { undone, conflicts } = await (await getStore()).undo(batch, moderator)
  return { action: 'undo', conflicts, done: undone }
}
