import { type Kysely, sql } from 'kysely'
import { type Limit, type Limits, type Refusal, TOKEN_LIFE } from '#lib/settings/limits.ts'
import { checkBans, type Actor } from '#lib/store/limits/bans.ts'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/**
 * Counts one action for each subject, as far as the limit allows; refused actions are not counted.
 *
 * @returns for each, in order, the seconds until the next action when it is refused; undefined for one
 *   that is allowed or has no subject
 */
async function countActions(
  db: Kysely<Database>,
  kind: string,
  { most, window }: Limit,
  subjects: (string | undefined)[],
): Promise<(number | undefined)[]> {
  const now = Date.now()
  const wanted = new Map<string, number>()
  for (const subject of subjects)
    if (subject !== undefined) wanted.set(subject, (wanted.get(subject) ?? 0) + 1)
  if (wanted.size === 0 || window === 0) return subjects.map(() => undefined)
  // Every process locks rows in this order, so that two never wait for each other.
  const rows = [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, actions]) => ({
      kind,
      subject,
      used: Math.min(actions, most),
      before: 0,
      expires: now + window,
    }))
  const isOver = sql`quotas.expires <= excluded.expires - ${sql.lit(window)}`
  const allowed = sql.lit(most)
  const counted = await executeCompiled(db, `take ${kind}`, rows.flatMap(Object.values), () =>
    db
      .insertInto('quotas')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['kind', 'subject']).doUpdateSet({
          before: sql`case when ${isOver} then 0 else quotas.used end`,
          used: sql`case
            when ${isOver} then excluded.used
            when quotas.used + excluded.used <= ${allowed} then quotas.used + excluded.used
            when quotas.used > ${allowed} then quotas.used
            else ${allowed} end`,
          expires: sql`case when ${isOver} then excluded.expires else quotas.expires end`,
        }),
      )
      .returning(['subject', 'used', 'before', 'expires']),
  )
  const allowance = new Map(
    counted.map(({ subject, used, before, expires }) => [
      subject,
      { actions: used - before, wait: Math.ceil((expires - now) / 1_000) },
    ]),
  )
  return subjects.map((subject) => {
    const granted = subject === undefined ? undefined : allowance.get(subject)!
    if (granted && granted.actions-- <= 0) return Math.max(granted.wait, 1)
  })
}

type Kind = keyof Limits | 'token'

/** Limits how often a subject may act; an action without a subject is not limited. */
export type RateLimit<Action> = {
  kind: Kind
  limit: Limit
  subject: (action: Action) => string | undefined
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
  for (const [index, { kind, limit, subject }] of rateLimits.entries()) {
    const subjects = actions.map((action, i) => (refusals[i] ? undefined : subject(action)))
    const waits = await countActions(db, kind, limit, subjects)
    const refused = actions.filter((_, i) => waits[i] !== undefined)
    for (const { kind, subject } of rateLimits.slice(0, index))
      for (const action of refused) await uncountAction(db, kind, subject(action))
    waits.forEach((retryAfter, i) => {
      if (retryAfter !== undefined) refusals[i] = { limit: kind as Refusal['limit'], retryAfter }
    })
  }
  return refusals
}

/** Takes back an action that this transaction has counted; it still has the lock on the row. */
async function uncountAction(db: Kysely<Database>, kind: string, subject?: string): Promise<void> {
  if (subject === undefined) return
  await db
    .updateTable('quotas')
    .set({ used: sql`used - 1` })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('used', '>', 0)
    .execute()
}

/** Describes a reader's first action: the hash of the network, and whether it has a proof of work. */
export type FirstAction = { network: string; proven: boolean }

/** Limits new readers from one network, without a proof of work and with one. */
export function newReaderLimits(limits: Limits): RateLimit<{ first?: FirstAction | undefined }>[] {
  return [
    {
      kind: 'readers',
      limit: limits.readers,
      subject: ({ first }) => (first?.proven === false ? first.network : undefined),
    },
    {
      kind: 'provenReaders',
      limit: limits.provenReaders,
      subject: ({ first }) => (first?.proven ? first.network : undefined),
    },
  ]
}

/** Lets each form be used once. The last of all limits: after another's refusal the form can be sent again. */
export const TOKEN_LIMIT: RateLimit<{ token?: string | undefined }> = {
  kind: 'token',
  limit: { most: 1, window: TOKEN_LIFE },
  subject: ({ token }) => token,
}
