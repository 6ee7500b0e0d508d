import { type Kysely, type Selectable, sql } from 'kysely'
// Node's own are in no order within a millisecond.
import { v7 as newId } from 'uuid'
import type { Comment } from '#lib/comments/comment.ts'
import { positionBelow } from '#lib/comments/thread.ts'
import type { Limits, Refusal } from '#lib/settings/limits.ts'
import { addAuditEntry } from '#lib/store/audit-log.ts'
import { addDeliveries } from '#lib/store/webhook-queue.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import { publicComment } from '#lib/store/comments/public-comment.ts'
import {
  admit,
  type FirstAction,
  newReaderLimits,
  type RateLimit,
  TOKEN_LIMIT,
} from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { countPublished, requireStorableText } from '#lib/store/comments/status.ts'

export type NewComment = {
  reader: string
  first?: FirstAction | undefined
  /** The id of the form it was sent by, good once. */
  token?: string | undefined
  /** The hash of the writer's network. */
  network: string
  key: string
  /** The id of the comment that it answers. */
  parent?: string | undefined
  name: string
  text: string
  /** Why it waits for approval; nothing when it is published at once. */
  holdReason?: string | undefined
  /** A hash of what is said: the same as of a recent comment, it is held. */
  fingerprint?: string | undefined
  /** The hash of the writer's network under the key of bans: kept for a day. */
  banNetworkHash?: string | undefined
  byAuthor?: boolean | undefined
  /** Who posts it from the desk: it is written down there, and no limit or ban holds. */
  moderator?: string | undefined
}

/** `key_used`: the key has posted other words. `parent_gone`: what it answers is not shown. */
export type Added =
  { comment: Comment; reader: string } | Refusal | { problem: 'key_used' | 'parent_gone' }

/**
 * Keeps comments under their keys. The same key with the same words answers with the comment already
 * there, which stays its first writer's and counts against no limit.
 *
 * @throws when a text holds a NUL or half a surrogate pair: no engine gives these back as they came.
 */
export async function addComments(
  { db, limits, hasWebhook }: StoreContext,
  comments: NewComment[],
): Promise<Added[]> {
  requireStorableText(comments.flatMap(({ name, text }) => [name, text]))
  const { rows, parents, refusals } = await db.transaction().execute(async (transaction) => {
    const known = await findByKey(transaction, comments)
    const seen = new Set(known.map(({ key }) => key))
    const parents = await findParents(transaction, comments)
    const fresh = comments.filter(
      ({ key, parent }) =>
        (parent === undefined || parents.get(parent)?.status === 'published') &&
        !seen.has(key) &&
        seen.add(key),
    )
    const refused = await admit(transaction, fresh, commentLimits(limits))
    const admitted = fresh.filter((_, index) => !refused[index])
    const added = await insertComments(transaction, admitted, parents)
    const held = added.filter(({ status }) => status === 'held')
    if (hasWebhook) await addDeliveries(transaction, 'comment.held', held)
    // Another process may have posted under a key meanwhile.
    const others = added.length < fresh.length ? await findByKey(transaction, fresh) : []
    return {
      rows: [...known, ...others, ...added],
      parents,
      refusals: new Map(fresh.map(({ key }, index) => [key, refused[index]])),
    }
  })
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return comments.map(({ key, name, text, parent = null, reader }): Added => {
    const row = byKey.get(key)
    if (!row) return refusals.get(key) ?? { problem: 'parent_gone' }
    if (row.name !== name || row.text !== text || row.parent !== parent)
      return { problem: 'key_used' }
    const parent_name = (parent !== null && parents.get(parent)?.name) || null
    const comment = publicComment({ ...row, parent_name, vote: null }, reader)
    return { comment, reader: row.reader }
  })
}

function commentLimits(limits: Limits): RateLimit<NewComment>[] {
  const { commentPause, comments, networkComments } = limits
  const reader = ({ moderator, reader }: NewComment) => (moderator ? undefined : reader)
  return [
    ...newReaderLimits(limits),
    { kind: 'commentPause', limit: commentPause, subject: reader },
    { kind: 'comments', limit: comments, subject: reader },
    {
      kind: 'networkComments',
      limit: networkComments,
      subject: ({ moderator, network }) => (moderator ? undefined : network),
    },
    TOKEN_LIMIT,
  ]
}

type Row = Selectable<Database['comments']>
type Parents = Map<string, Pick<Row, 'name' | 'root' | 'path' | 'status'>>

async function findParents(db: Kysely<Database>, comments: NewComment[]): Promise<Parents> {
  const ids = [...new Set(comments.flatMap(({ parent }) => parent ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'name', 'root', 'path', 'status'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Who repeats words does it soon: those of so many comments before are compared. */
const RECENT = 500

async function insertComments(
  db: Kysely<Database>,
  comments: NewComment[],
  parents: Parents,
): Promise<Row[]> {
  if (comments.length === 0) return []
  const recent = await findRecentFingerprints(
    db,
    comments.flatMap(({ fingerprint }) => fingerprint ?? []),
  )
  const now = Date.now()
  const rows = comments.map(({ reader, key, parent, name, text, ...comment }): Row => {
    const { holdReason, fingerprint = null, banNetworkHash = null, byAuthor } = comment
    const isDuplicate = fingerprint !== null && recent.has(fingerprint)
    const reason = holdReason ?? (isDuplicate ? 'duplicate' : null)
    if (fingerprint !== null) recent.add(fingerprint)
    const id = newId()
    return {
      id,
      parent: parent ?? null,
      ...positionBelow(parent === undefined ? undefined : parents.get(parent), id),
      reader,
      key,
      name,
      text,
      created_at: now,
      edited_at: null,
      changed_at: now,
      status: reason === null ? 'published' : 'held',
      decided_at: null,
      reason,
      words: fingerprint,
      by_author: byAuthor ? 1 : 0,
      up: 0,
      down: 0,
      score: 0,
      replies: 0,
      network: banNetworkHash,
    }
  })
  const kept = await executeCompiled(db, 'add comments', rows.flatMap(Object.values), () =>
    db
      .insertInto('comments')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id'),
  )
  const ids = new Set(kept.map(({ id }) => id))
  const added = rows.filter(({ id }) => ids.has(id))
  await countPublished(
    db,
    added.filter(({ status }) => status === 'published').map((place) => ({ place, by: 1 })),
  )
  const moderators = new Map(comments.map(({ key, moderator }) => [key, moderator]))
  for (const { id: comment, key } of added) {
    const moderator = moderators.get(key)
    if (moderator !== undefined) await addAuditEntry(db, { act: 'reply', moderator, comment })
  }
  return added
}

/** Which of these words stand in a recent comment, whatever became of it. */
export async function findRecentFingerprints(
  db: Kysely<Database>,
  words: string[],
): Promise<Set<string | null>> {
  if (words.length === 0) return new Set()
  const rows = await executeCompiled(db, 'find recent words', words, () => {
    const recent = db
      .selectFrom('comments')
      .select('words')
      .orderBy('id', 'desc')
      .limit(sql.lit(RECENT))
      .as('recent')
    return db.selectFrom(recent).select('words').where('words', 'in', words)
  })
  return new Set(rows.map(({ words }) => words))
}

async function findByKey(db: Kysely<Database>, comments: NewComment[]): Promise<Row[]> {
  const keys = comments.map(({ key }) => key)
  return executeCompiled(db, 'find by key', keys, () =>
    db.selectFrom('comments').selectAll().where('key', 'in', keys),
  )
}
