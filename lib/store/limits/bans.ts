import { type Kysely, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Refusal } from '#lib/settings/limits.ts'
import { type Ban, BAN_TIMES, type BanKind, type BanTime } from '#lib/moderation/moderation.ts'
import { addAuditEntry } from '#lib/store/audit-log.ts'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Identifies who sends an action: a reader and the hashes of their networks, or a moderator. */
export type Actor = {
  reader?: string | undefined
  /** Under the key of bans, the narrowest first; the last is the one that a ban is made for. */
  banNetworks?: string[] | undefined
  moderator?: string | undefined
}

/** Returns for each, in order, the refusal of one who is banned; undefined for others and moderators. */
export async function checkBans(
  db: Kysely<Database>,
  actors: Actor[],
): Promise<(Refusal | undefined)[]> {
  const now = Date.now()
  const none = actors.map(() => undefined)
  const readers = actors.filter(({ moderator }) => moderator === undefined)
  if (readers.length === 0) return none
  // Mostly there are no bans, and this statement is compiled once and saves a long one.
  const anyBan = await executeCompiled(db, 'find any ban', [now], () =>
    db.selectFrom('bans').select('id').where('expires', '>', now).limit(sql.lit(1)),
  )
  if (anyBan.length === 0) return none
  const subjects = new Set(
    readers.flatMap(({ reader, banNetworks = [] }) => [reader ?? [], ...banNetworks].flat()),
  )
  if (subjects.size === 0) return none
  const bans = await db
    .selectFrom('bans')
    .select(['kind', 'subject', 'expires'])
    .where('subject', 'in', [...subjects])
    .where('expires', '>', now)
    .execute()
  const until = new Map(bans.map(({ kind, subject, expires }) => [`${kind} ${subject}`, expires]))
  return actors.map(({ reader, banNetworks = [], moderator }) => {
    if (moderator !== undefined) return
    const expires = Math.max(
      until.get(`reader ${reader}`) ?? 0,
      ...banNetworks.map((network) => until.get(`network ${network}`) ?? 0),
    )
    if (expires) return { limit: 'banned', retryAfter: Math.ceil((expires - now) / 1_000) }
  })
}

export type NewBan = { comment: string; kind: BanKind; time: BanTime; moderator: string }

/** `gone`: there is no such comment, or it was erased. `unknown`: its network is no longer known. */
export type Banned = { until: number } | { problem: 'gone' | 'unknown' }

/** Bans the writer of a comment, or the network it came from. A second ban replaces the first. */
export async function addBan(
  db: Kysely<Database>,
  { comment, kind, time, moderator }: NewBan,
): Promise<Banned> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('comments')
      .select(['reader', 'network'])
      .where('id', '=', comment)
      .executeTakeFirst()
    if (!row?.reader) return { problem: 'gone' }
    const subject = row[kind]
    if (subject === null) return { problem: 'unknown' }
    const now = Date.now()
    const until = now + BAN_TIMES[time]
    const ban = { comment, moderator, created_at: now, expires: until }
    await transaction
      .insertInto('bans')
      .values({ id: newId(), kind, subject, ...ban })
      .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet(ban))
      .execute()
    // `components/moderation/log-entry.tsx` reads the detail.
    await addAuditEntry(transaction, { act: 'ban', moderator, comment, detail: `${kind}, ${time}` })
    return { until }
  })
}

/** Ends a ban; returns false when there is none, or it has ended already. */
export async function liftBan(
  db: Kysely<Database>,
  id: string,
  moderator: string,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const ban = await transaction
      .deleteFrom('bans')
      .where('id', '=', id)
      .where('expires', '>', Date.now())
      .returning(['kind', 'comment'])
      .executeTakeFirst()
    if (!ban) return false
    await addAuditEntry(transaction, {
      act: 'unban',
      moderator,
      comment: ban.comment || null,
      detail: ban.kind,
    })
    return true
  })
}

/** Reads the bans that have not ended, the newest first. */
export async function readBans(db: Kysely<Database>): Promise<Ban[]> {
  const rows = await db
    .selectFrom('bans as b')
    .leftJoin('comments as c', 'c.id', 'b.comment')
    .select(['b.id', 'b.kind', 'b.comment', 'b.moderator', 'b.created_at', 'b.expires', 'c.name'])
    .where('b.expires', '>', Date.now())
    .orderBy('b.created_at', 'desc')
    .orderBy('b.id', 'desc')
    .execute()
  return rows.map(({ created_at: createdAt, name, ...ban }) => ({
    ...ban,
    name: name ?? '',
    createdAt,
  }))
}
