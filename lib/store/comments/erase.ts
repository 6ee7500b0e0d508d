import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { type ReplyPosition, contextOf } from '#lib/comments/thread.ts'
import { addAuditEntry } from '#lib/store/audit-log.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { countPublished, lockComment } from '#lib/store/comments/status.ts'
import { countVotes, STORY } from '#lib/store/counts/votes.ts'

/** Counts the erased comments and votes. */
export type ErasureCounts = { comments: number; votes: number }

/**
 * Erases all data of a reader: votes are subtracted from the totals, and comments become placeholders,
 * which `deletePlaceholders` deletes when nobody has replied. A hash of the reader's id is kept, so that
 * data from an older copy is erased again. Repeating it changes nothing.
 *
 * @param moderator name of the moderator who does it; the audit log does not say whose data it was
 */
export async function eraseReader(
  db: Kysely<Database>,
  reader: string,
  moderator?: string,
): Promise<ErasureCounts> {
  return db.transaction().execute(async (transaction) => {
    const erased = await eraseWithin(transaction, reader)
    // Comments, then votes: `components/moderation/log-entry.tsx` reads it.
    const detail = `${erased.comments}, ${erased.votes}`
    if (moderator !== undefined)
      await addAuditEntry(transaction, { act: 'erase', moderator, detail })
    return erased
  })
}

/** Erases again, within a transaction, the data of erased readers; returns how many readers had any. */
export async function replayErasures(db: Kysely<Database>): Promise<number> {
  const erased = await db.selectFrom('erasures').selectAll().execute()
  if (erased.length === 0) return 0
  const times = new Map(erased.map(({ reader_hash, erased_at }) => [reader_hash, erased_at]))
  let replayed = 0
  for (const table of ['comments', 'votes', 'reports'] as const) {
    const readers = await db.selectFrom(table).select('reader').distinct().execute()
    for (const { reader } of readers) {
      const erasedAt = times.get(hashReader(reader))
      if (erasedAt === undefined) continue
      const { comments, votes } = await eraseWithin(db, reader, erasedAt)
      if (comments + votes > 0) replayed++
    }
  }
  return replayed
}

/** @param erasedAt UTC milliseconds; later data stays: the reader may have come back under the same id */
async function eraseWithin(
  transaction: Kysely<Database>,
  reader: string,
  erasedAt = Date.now(),
): Promise<ErasureCounts> {
  // Erased comments have no reader.
  if (reader === '') return { comments: 0, votes: 0 }
  await transaction.deleteFrom('quotas').where('subject', '=', reader).execute()
  await transaction
    .insertInto('erasures')
    .values({ reader_hash: hashReader(reader), erased_at: erasedAt })
    .onConflict((conflict) =>
      conflict
        .column('reader_hash')
        .doUpdateSet({ erased_at: sql`excluded.erased_at` })
        .whereRef('erasures.erased_at', '<', 'excluded.erased_at'),
    )
    .execute()
  const own = await transaction
    .selectFrom('comments')
    .select(['id', 'parent', 'root', 'path'])
    .where('reader', '=', reader)
    .where('created_at', '<=', erasedAt)
    .execute()
  // Votes are locked before the comments that they are on, as in `setVotes`.
  for (const { id } of own)
    await transaction
      .deleteFrom('votes')
      .where(sql<boolean>`comment = ${id} and comment <> ''`)
      .where('reader', '!=', reader)
      .execute()
  const votes = await transaction
    .deleteFrom('votes')
    .where('reader', '=', reader)
    .where('since', '<=', erasedAt)
    .returning(['comment', 'value'])
    .execute()
  const rows = await lockAffected(transaction, own, votes)
  await transaction
    .deleteFrom('reports')
    .where('reader', '=', reader)
    .where('created_at', '<=', erasedAt)
    .execute()
  await transaction
    .deleteFrom('bans')
    .where('subject', '=', reader)
    .where('created_at', '<=', erasedAt)
    .execute()
  await countVotes(transaction, negated(votes, new Set(rows.map(({ id }) => id))))
  const ids = new Set(own.map(({ id }) => id))
  const locked = rows.filter(({ id }) => ids.has(id))
  for (const { id } of locked) await leavePlaceholder(transaction, id)
  const published = locked.filter(({ status }) => status === 'published')
  await countPublished(
    transaction,
    published.map((position) => ({ position, by: -1 })),
  )
  return { comments: locked.length, votes: votes.filter(({ value }) => value !== 0).length }
}

/** Returns a function that tells whether an erased reader did something before the erasure. */
export async function readErasures(
  db: Kysely<Database>,
  readers: string[],
): Promise<(reader: string, time: number) => boolean> {
  const hashes = [...new Set(readers.map(hashReader))]
  if (hashes.length === 0) return () => false
  const rows = await db
    .selectFrom('erasures')
    .selectAll()
    .where('reader_hash', 'in', hashes)
    .execute()
  const erased = new Map(rows.map(({ reader_hash, erased_at }) => [reader_hash, erased_at]))
  return (reader, time) => time <= (erased.get(hashReader(reader)) ?? -1)
}

/** Returns the id of a comment's writer; undefined when there is no comment, or its writer was erased. */
export async function readerOf(db: Kysely<Database>, comment: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('comments')
    .select('reader')
    .where('id', '=', comment)
    .executeTakeFirst()
  return row?.reader || undefined
}

/** Milliseconds a placeholder stays: a transaction that began before the erasure may add a reply. */
const PLACEHOLDER_LIFETIME = 10 * 60 * 1_000

/** Deletes placeholders of erased comments without replies; returns how many. */
export async function deletePlaceholders(db: Kysely<Database>, now: number): Promise<number> {
  const placeholders = await db
    .selectFrom('comments')
    .select('id')
    .where('reader', '=', '')
    .where('status', '=', 'deleted')
    .where('changed_at', '<', now - PLACEHOLDER_LIFETIME)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('comments as reply')
            .select('reply.id')
            .whereRef('reply.parent', '=', 'comments.id'),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .execute()
  for (const { id } of placeholders) await db.deleteFrom('comments').where('id', '=', id).execute()
  // A placeholder above may now be without replies.
  return placeholders.length === 0 ? 0 : placeholders.length + (await deletePlaceholders(db, now))
}

function hashReader(reader: string): string {
  return createHash('sha256').update(reader).digest('hex')
}

type Vote = { comment: string; value: number }

/** Locks all comments that an erasure changes: the reader's, replies, their context, those voted on. */
async function lockAffected(
  db: Kysely<Database>,
  own: (ReplyPosition & { id: string })[],
  votes: Vote[],
) {
  const replies = await findReplies(
    db,
    own.map(({ id }) => id),
  )
  const ids = new Set([
    ...replies,
    ...own.flatMap((row) => [row.id, ...contextOf(row)]),
    ...votes.map(({ comment }) => comment),
  ])
  const rows = []
  // Every transaction locks comments in this order.
  for (const id of [...ids].sort().reverse()) rows.push(await lockComment(db, id))
  return rows.filter((row) => row !== undefined)
}

async function findReplies(db: Kysely<Database>, ids: string[]): Promise<string[]> {
  const found: string[] = []
  // A statement takes a limited number of values.
  for (let start = 0; start < ids.length; start += 500) {
    const part = ids.slice(start, start + 500)
    const rows = await db.selectFrom('comments').select('id').where('parent', 'in', part).execute()
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

/** Returns the changes of counts that take these votes back. */
function negated(votes: Vote[], known: Set<string>): Parameters<typeof countVotes>[1] {
  const counted = votes.filter(
    ({ comment, value }) => value !== 0 && (comment === STORY || known.has(comment)),
  )
  return new Map(
    counted.map(({ comment, value }) => [
      comment,
      { up: -Number(value === 1), down: -Number(value === -1) },
    ]),
  )
}

/** Turns a comment into a placeholder and deletes all that may repeat what it said. */
async function leavePlaceholder(db: Kysely<Database>, id: string): Promise<void> {
  const isOnIt = sql<boolean>`comment = ${id} and comment <> ''`
  await db.deleteFrom('votes').where(isOnIt).execute()
  // A report may quote the comment.
  await db.deleteFrom('reports').where('comment', '=', id).execute()
  await db.deleteFrom('deliveries').where('comment', '=', id).execute()
  // So may the audit log; a ban holds a hash of the writer's network.
  await db.deleteFrom('acts').where('comment', '=', id).execute()
  await db.deleteFrom('bans').where('comment', '=', id).execute()
  const now = Date.now()
  // Replies show the name of their parent's writer.
  await db.updateTable('comments').set({ changed_at: now }).where('parent', '=', id).execute()
  await db
    .updateTable('comments')
    .set({
      reader: '',
      // Keys have to be unique.
      key: id,
      name: '',
      text: '',
      words: null,
      network: null,
      reason: null,
      status: 'deleted',
      by_author: 0,
      up: 0,
      down: 0,
      score: 0,
      edited_at: null,
      decided_at: null,
      changed_at: now,
    })
    .where('id', '=', id)
    .execute()
}
