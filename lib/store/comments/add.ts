import { type Kysely, type Selectable, sql } from 'kysely'
// Node's own UUIDs are in no order within a millisecond.
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
  /** Id of the form it was sent by, which is valid once. */
  token?: string | undefined
  /** Hashes of the writer's networks under the key of the day. */
  networks: string[]
  /** Chosen by the client: a second comment under the same key is a repetition of the first. */
  key: string
  /** Id of the comment that it replies to. */
  parent?: string | undefined
  name: string
  text: string
  /** Why it needs approval; without it, the comment is published at once. */
  holdReason?: string | undefined
  /** Result of `fingerprint`: with that of a recent comment, it is held as a duplicate. */
  fingerprint?: string | undefined
  /** Hashes of the writer's networks under the key of bans; the last is kept for a day. */
  banNetworks?: string[] | undefined
  byAuthor?: boolean | undefined
  /** Name of the moderator who writes it: it is recorded in the audit log, without limits and bans. */
  moderator?: string | undefined
}

/** `key_used`: another text was posted under the key. `parent_gone`: its parent is not published. */
export type Added =
  { comment: Comment; reader: string } | Refusal | { problem: 'key_used' | 'parent_gone' }

/**
 * Stores comments under their keys. A repetition of the key with the same text returns the stored
 * comment, which stays its first writer's, and counts against no limit.
 *
 * @returns for each, in order, the comment as its writer sees it, or why it was refused
 * @throws when a text holds a NUL or half a surrogate pair, which no engine returns as it was stored
 */
export async function addComments(
  { db, limits, hasWebhook }: StoreContext,
  comments: NewComment[],
): Promise<Added[]> {
  requireStorableText(comments.flatMap(({ name, text }) => [name, text]))
  const { rows, parents, refusals } = await db.transaction().execute(async (transaction) => {
    const known = await findByKey(transaction, comments)
    const keys = new Set(known.map(({ key }) => key))
    const parents = await findParents(transaction, comments)
    const fresh = comments.filter(
      ({ key, parent }) =>
        (parent === undefined || parents.get(parent)?.status === 'published') &&
        !keys.has(key) &&
        keys.add(key),
    )
    const refused = await admit(transaction, fresh, commentLimits(limits))
    const admitted = fresh.filter((_, index) => !refused[index])
    const added = await insertComments(transaction, admitted, parents)
    const held = added.filter(({ status }) => status === 'held')
    if (hasWebhook) await addDeliveries(transaction, 'comment.held', held)
    // Another process may have stored a comment under one of the keys meanwhile.
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
  const reader = ({ moderator, reader }: NewComment) => (moderator ? [] : [reader])
  return [
    ...newReaderLimits(limits),
    { kind: 'commentPause', limit: commentPause, subjects: reader },
    { kind: 'comments', limit: comments, subjects: reader },
    {
      kind: 'networkComments',
      limit: networkComments,
      subjects: ({ moderator, networks }) => (moderator ? [] : networks),
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

/** Number of the last comments that a new one is compared with: text is repeated soon. */
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
    const { holdReason, fingerprint = null, banNetworks, byAuthor } = comment
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
      was_public: reason === null ? 1 : 0,
      decided_at: null,
      reason,
      words: fingerprint,
      by_author: byAuthor ? 1 : 0,
      up: 0,
      down: 0,
      score: 0,
      replies: 0,
      network: banNetworks?.at(-1) ?? null,
    }
  })
  const inserted = await executeCompiled(db, 'add comments', rows.flatMap(Object.values), () =>
    db
      .insertInto('comments')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id'),
  )
  const ids = new Set(inserted.map(({ id }) => id))
  const added = rows.filter(({ id }) => ids.has(id))
  await countPublished(
    db,
    added.filter(({ status }) => status === 'published').map((position) => ({ position, by: 1 })),
  )
  const moderators = new Map(comments.map(({ key, moderator }) => [key, moderator]))
  for (const { id: comment, key } of added) {
    const moderator = moderators.get(key)
    if (moderator !== undefined) await addAuditEntry(db, { act: 'reply', moderator, comment })
  }
  return added
}

/** Finds which of these fingerprints a recent comment has, whatever its status. */
export async function findRecentFingerprints(
  db: Kysely<Database>,
  fingerprints: string[],
): Promise<Set<string | null>> {
  if (fingerprints.length === 0) return new Set()
  const rows = await executeCompiled(db, 'find recent words', fingerprints, () => {
    const recent = db
      .selectFrom('comments')
      .select('words')
      .orderBy('id', 'desc')
      .limit(sql.lit(RECENT))
      .as('recent')
    return db.selectFrom(recent).select('words').where('words', 'in', fingerprints)
  })
  return new Set(rows.map(({ words }) => words))
}

async function findByKey(db: Kysely<Database>, comments: NewComment[]): Promise<Row[]> {
  const keys = comments.map(({ key }) => key)
  return executeCompiled(db, 'find by key', keys, () =>
    db.selectFrom('comments').selectAll().where('key', 'in', keys),
  )
}
