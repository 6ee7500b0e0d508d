import { type Kysely, sql } from 'kysely'
import {
  CLOCK_TOLERANCE,
  type Limit,
  type Limits,
  NETWORK_FACTORS,
  type Refusal,
  TOKEN_LIFE,
} from '#lib/settings/limits.ts'
import { checkBans, type Actor } from '#lib/store/limits/bans.ts'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

type Kind = keyof Limits | 'token'

/** Limits how often a subject may act; an action without subjects is not limited. */
export type RateLimit<Action> = {
  kind: Kind
  limit: Limit
  /**
   * Returns what the limit holds for: a reader, say, or the networks of one. The amount of each is that of
   * the limit times its `NETWORK_FACTORS`.
   */
  subjects: (action: Action) => string[]
}

/**
 * Checks actions against bans and then against rate limits. A refused action counts against none.
 *
 * @param rateLimits in the same order everywhere, so that two processes never wait for each other's rows
 * @returns for each, in order, why it is refused; undefined for an action that is allowed
 */
export async function admit<Action>(
  db: Kysely<Database>,
  actions: Action[],
  rateLimits: RateLimit<Action>[],
): Promise<(Refusal | undefined)[]> {
  const refusals = await checkBans(db, actions as Actor[])
  for (const [index, { kind, limit, subjects }] of rateLimits.entries()) {
    const wanted = actions.map((action, i) => (refusals[i] ? [] : rowsOf(kind, subjects(action))))
    const waits = await countActions(db, kind, limit, wanted)
    const refused = actions.filter((_, i) => waits[i] !== undefined)
    const counted = rateLimits
      .slice(0, index)
      .flatMap(({ kind, subjects }) => refused.flatMap((action) => rowsOf(kind, subjects(action))))
    await uncount(
      db,
      counted.map((row) => ({ ...row, actions: 1 })),
    )
    waits.forEach((retryAfter, i) => {
      if (retryAfter !== undefined) refusals[i] = { limit: kind as Refusal['limit'], retryAfter }
    })
  }
  return refusals
}

/** Names a row of `quotas`. The kinds of wider networks have their factor after the limit's name. */
type QuotaRow = { kind: string; subject: string }

function rowsOf(kind: Kind, subjects: string[]): QuotaRow[] {
  return subjects.map((subject, index) => ({ kind: kindAt(kind, index), subject }))
}

function kindAt(kind: Kind, index: number): string {
  return index === 0 ? kind : `${kind} ×${NETWORK_FACTORS[index]}`
}

/**
 * Counts actions for all of their subjects, as far as the limit of each allows; an action that one of them
 * refuses is counted for none.
 *
 * @param wanted for each action, in order, what it is counted for
 * @returns for each, in order, the seconds until the next action when it is refused; undefined for one
 *   that is allowed or has no subject
 */
async function countActions(
  db: Kysely<Database>,
  kind: Kind,
  { most, window }: Limit,
  wanted: QuotaRow[][],
): Promise<(number | undefined)[]> {
  const now = Date.now()
  const counts = new Map<string, QuotaRow & { actions: number }>()
  for (const row of wanted.flat()) {
    const counted = counts.get(keyOf(row))
    if (counted) counted.actions++
    else counts.set(keyOf(row), { ...row, actions: 1 })
  }
  if (counts.size === 0 || window === 0) return wanted.map(() => undefined)
  const allowed = new Map(NETWORK_FACTORS.map((factor, i) => [kindAt(kind, i), most * factor]))
  // Every process locks rows in this order, so that two never wait for each other.
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { kind, subject, actions }]) => ({
      kind,
      subject,
      used: Math.min(actions, allowed.get(kind)!),
      before: 0,
      expires: now + window,
    }))
  const isOver = sql`(quotas.expires <= excluded.expires - ${sql.lit(window)}
    or quotas.expires > excluded.expires + ${sql.lit(CLOCK_TOLERANCE)})`
  const isLonger = sql`quotas.expires > excluded.expires`
  const allowedTo = sql`case excluded.kind ${sql.join(
    [...allowed].map(([kind, most]) => sql`when ${sql.lit(kind)} then ${sql.lit(most)}`),
    sql` `,
  )} end`
  const counted = await executeCompiled(db, `take ${kind}`, rows.flatMap(Object.values), () =>
    db
      .insertInto('quotas')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['kind', 'subject']).doUpdateSet({
          before: sql`case when ${isOver} then 0 else quotas.used end`,
          used: sql`case
            when ${isOver} then excluded.used
            when quotas.used + excluded.used <= ${allowedTo} then quotas.used + excluded.used
            when quotas.used > ${allowedTo} then quotas.used
            else ${allowedTo} end`,
          expires: sql`case when ${isOver} or ${isLonger} then excluded.expires else quotas.expires end`,
        }),
      )
      .returning(['kind', 'subject', 'used', 'before', 'expires']),
  )
  const granted = new Map(
    counted.map(({ used, before, expires, ...row }) => [
      keyOf(row),
      { ...row, actions: used - before, wait: Math.ceil((expires - now) / 1_000) },
    ]),
  )
  const waits = wanted.map((rows) => {
    const own = rows.map((row) => granted.get(keyOf(row))!)
    const exhausted = own.filter(({ actions }) => actions <= 0)
    if (exhausted.length > 0) return Math.max(1, ...exhausted.map(({ wait }) => wait))
    for (const row of own) row.actions--
  })
  const unused = [...granted.values()].filter(({ actions }) => actions > 0)
  await uncount(db, unused)
  return waits
}

function keyOf({ kind, subject }: QuotaRow): string {
  return `${subject} ${kind}`
}

/** Takes back actions that this transaction has counted; it still has the locks on the rows. */
async function uncount(
  db: Kysely<Database>,
  rows: (QuotaRow & { actions: number })[],
): Promise<void> {
  for (const { kind, subject, actions } of rows)
    await db
      .updateTable('quotas')
      .set({ used: sql`used - ${actions}` })
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('used', '>=', actions)
      .execute()
}

/** Describes a reader's first action: the hashes of the networks, and whether it has a proof of work. */
export type FirstAction = { networks: string[]; proven: boolean }

/** Limits new readers from a network, without a proof of work and with one. */
export function newReaderLimits(limits: Limits): RateLimit<{ first?: FirstAction | undefined }>[] {
  return [
    {
      kind: 'readers',
      limit: limits.readers,
      subjects: ({ first }) => (first?.proven === false ? first.networks : []),
    },
    {
      kind: 'provenReaders',
      limit: limits.provenReaders,
      subjects: ({ first }) => (first?.proven ? first.networks : []),
    },
  ]
}

/** Lets each form be used once. The last of all limits: after another's refusal the form can be sent again. */
export const TOKEN_LIMIT: RateLimit<{ token?: string | undefined }> = {
  kind: 'token',
  limit: { most: 1, window: TOKEN_LIFE },
  subjects: ({ token }) => (token === undefined ? [] : [token]),
}
