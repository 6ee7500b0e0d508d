import type { Kysely } from 'kysely'
// Node's own UUIDs are in no order within a millisecond.
import { v7 as newId } from 'uuid'
import type { Database } from '#lib/store/engine/schema.ts'

export type DeliveryKind = 'comment.held' | 'comment.reported'

/** Holds a message for the publisher's webhook. */
export type Delivery = {
  id: string
  kind: DeliveryKind
  /** `createdAt` in UTC milliseconds; null when the comment was erased meanwhile. */
  comment: { id: string; createdAt: number | null }
  /** A result of `holdReason`, or the reason of a report. */
  reason: string
  createdAt: number
  /** Number of attempts, this one included. */
  attempts: number
}

/** Queues a message for each of these comments, unless one of its kind is queued already. */
export async function addDeliveries(
  db: Kysely<Database>,
  kind: DeliveryKind,
  comments: { id: string; reason: string | null }[],
): Promise<void> {
  if (comments.length === 0) return
  const now = Date.now()
  await db
    .insertInto('deliveries')
    .values(
      comments.map(({ id: comment, reason }) => {
        return { id: newId(), kind, comment, reason: reason ?? '', created_at: now, due_at: now }
      }),
    )
    .onConflict((conflict) => conflict.columns(['kind', 'comment']).doNothing())
    .execute()
}

/**
 * Claims the message that has been due for longest, if there is one, so that no other process takes it
 * for a time.
 */
export async function claimDelivery(
  db: Kysely<Database>,
  milliseconds: number,
): Promise<Delivery | undefined> {
  for (;;) {
    const now = Date.now()
    // Reading comes first because a claim takes a lock, and mostly nothing is due.
    const due = await db
      .selectFrom('deliveries')
      .select('id')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst()
    if (!due) return
    const claimed = await db.transaction().execute((transaction) =>
      transaction
        .updateTable('deliveries')
        .set((row) => ({ due_at: now + milliseconds, attempts: row('attempts', '+', 1) }))
        .where('id', '=', due.id)
        // Another process may have claimed it since.
        .where('due_at', '<=', now)
        .returningAll()
        .executeTakeFirst(),
    )
    if (!claimed) continue
    const { id, kind, comment, reason, created_at: createdAt, attempts } = claimed
    const written = await db
      .selectFrom('comments')
      .select('created_at')
      .where('id', '=', comment)
      .executeTakeFirst()
    const about = { id: comment, createdAt: written?.created_at ?? null }
    return { id, kind, comment: about, reason, createdAt, attempts }
  }
}

/** Lets a message be sent again from a time on, in UTC milliseconds. */
export async function postponeDelivery(
  db: Kysely<Database>,
  id: string,
  dueAt: number,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('deliveries')
      .set({ due_at: dueAt })
      .where('id', '=', id)
      .execute()
  })
}

/** Forgets a delivery: it was sent, or will not be. */
export async function endDelivery(db: Kysely<Database>, id: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('deliveries').where('id', '=', id).execute()
  })
}
