import type { Kysely } from 'kysely'
// Node's own are in no order within a millisecond.
import { v7 as newId } from 'uuid'
import type { Database } from '#lib/store/engine/schema.ts'

export type DeliveryKind = 'comment.held' | 'comment.reported'

/** What the publisher's webhook is to be told of. */
export type Delivery = {
  id: string
  kind: DeliveryKind
  /** With the time it was written; that is null when it was erased meanwhile. */
  comment: { id: string; createdAt: number | null }
  /** A word for the publisher. */
  reason: string
  createdAt: number
  /** With this one. */
  attempts: number
}

/** Notes that these comments wait. One that is noted already is told of once. */
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

/** Takes the delivery that is due longest, if any is, and keeps others off it for a time. */
export async function claimDelivery(
  db: Kysely<Database>,
  milliseconds: number,
): Promise<Delivery | undefined> {
  for (;;) {
    const now = Date.now()
    // Read before the claim, which takes a lock: mostly nothing is due.
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
        // Another process may have it by now.
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

/** Lets a delivery be tried again at a time. */
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
