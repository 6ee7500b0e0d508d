import { type Kysely, sql } from 'kysely'
import { type Limit, type Limits, type Refusal, TOKEN_LIFE } from '#lib/settings/limits.ts'
import { checkBans, type Actor } from '#lib/store/limits/bans.ts'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/**
 * Takes one act for each subject, as far as the limit allows: what is refused counts for nothing.
 * Answers in order, with nothing for an act that may be or has no subject, else with the seconds until
 * the next one.
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
  // In one order everywhere, so that two processes never wait for each other's rows.
  const rows = [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, acts]) => ({
      kind,
      subject,
      used: Math.min(acts, most),
      before: 0,
      expires: now + window,
    }))
  const over = sql`quotas.expires <= excluded.expires - ${sql.lit(window)}`
  const allowed = sql.lit(most)
  const taken = await executeCompiled(db, `take ${kind}`, rows.flatMap(Object.values), () =>
    db
      .insertInto('quotas')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['kind', 'subject']).doUpdateSet({
          before: sql`case when ${over} then 0 else quotas.used end`,
          used: sql`case
            when ${over} then excluded.used
            when quotas.used + excluded.used <= ${allowed} then quotas.used + excluded.used
            when quotas.used > ${allowed} then quotas.used
            else ${allowed} end`,
          expires: sql`case when ${over} then excluded.expires else quotas.expires end`,
        }),
      )
      .returning(['subject', 'used', 'before', 'expires']),
  )
  const left = new Map(
    taken.map(({ subject, used, before, expires }) => [
      subject,
      { acts: used - before, wait: Math.ceil((expires - now) / 1_000) },
    ]),
  )
  return subjects.map((subject) => {
    const quota = subject === undefined ? undefined : left.get(subject)!
    if (quota && quota.acts-- <= 0) return Math.max(quota.wait, 1)
  })
}

type Kind = keyof Limits | 'token'

/** A limit that an act has to pass: counted for its subject, or not at all without one. */
export type RateLimit<Act> = {
  kind: Kind
  limit: Limit
  subject: (act: Act) => string | undefined
}

/**
 * Leads acts through the stages; one that is refused counts in none of them, and who is banned does not
 * get there. Answers in order, with nothing for an act that may be.
 *
 * @param stages in the same order everywhere, for the same reason as the rows
 */
export async function admit<Act>(
  db: Kysely<Database>,
  acts: Act[],
  stages: RateLimit<Act>[],
): Promise<(Refusal | undefined)[]> {
  const refusals = await checkBans(db, acts as Actor[])
  for (const [turn, { kind, limit, subject }] of stages.entries()) {
    const subjects = acts.map((act, index) => (refusals[index] ? undefined : subject(act)))
    const waits = await countActions(db, kind, limit, subjects)
    const refused = acts.filter((_, index) => waits[index] !== undefined)
    for (const { kind, subject } of stages.slice(0, turn))
      for (const act of refused) await uncountAction(db, kind, subject(act))
    waits.forEach((retryAfter, index) => {
      if (retryAfter !== undefined)
        refusals[index] = { limit: kind as Refusal['limit'], retryAfter }
    })
  }
  return refusals
}

/** What was taken in this transaction, whose lock on the row holds. */
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

/** For a reader's first act: the network's hash, and whether work was done for it. */
export type FirstAction = { network: string; proven: boolean }

/** What a network may bring of new readers, and how many more who have done work. */
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

/** Last of all stages: what others refuse may be sent again by the same form. */
export const TOKEN_LIMIT: RateLimit<{ token?: string | undefined }> = {
  kind: 'token',
  limit: { most: 1, window: TOKEN_LIFE },
  subject: ({ token }) => token,
}
