import { type Kysely, sql } from 'kysely'
import type { Limit, Limits, Refusal } from '#lib/limits.ts'
import type { Database } from '#lib/store/schema.ts'

/**
 * Takes one act for each subject, as far as the limit allows: what is refused counts for nothing.
 * Answers in order, with nothing for an act that may be or has no subject, else with the seconds until
 * the next one.
 */
async function takeQuotas(
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
  const over = sql`quotas.expires <= ${now}`
  const taken = await db
    .insertInto('quotas')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).doUpdateSet({
        before: sql`case when ${over} then 0 else quotas.used end`,
        used: sql`case
          when ${over} then excluded.used
          when quotas.used + excluded.used <= ${most} then quotas.used + excluded.used
          when quotas.used > ${most} then quotas.used
          else ${most} end`,
        expires: sql`case when ${over} then excluded.expires else quotas.expires end`,
      }),
    )
    .returning(['subject', 'used', 'before', 'expires'])
    .execute()
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

/** A limit that an act has to pass: counted under `kind` for its subject, or not at all without one. */
export type Stage<Act> = {
  name: Refusal['limit']
  kind?: string
  limit: Limit
  subject: (act: Act) => string | undefined
}

/**
 * Leads acts through the stages; one that is refused does not count in those after. Answers in order,
 * with nothing for an act that may be.
 */
export async function admit<Act>(
  db: Kysely<Database>,
  acts: Act[],
  stages: Stage<Act>[],
): Promise<(Refusal | undefined)[]> {
  const refusals: (Refusal | undefined)[] = acts.map(() => undefined)
  for (const { name, kind = name, limit, subject } of stages) {
    const subjects = acts.map((act, index) => (refusals[index] ? undefined : subject(act)))
    const waits = await takeQuotas(db, kind, limit, subjects)
    waits.forEach((retryAfter, index) => {
      if (retryAfter !== undefined) refusals[index] = { limit: name, retryAfter }
    })
  }
  return refusals
}

/** What a reader's act carries besides what it says. */
export type Admission = {
  /** The id of the form it was sent by, good once. */
  token?: string | undefined
  /** For a reader's first act: the network's hash, and whether work was done for it. */
  first?: { network: string; proven: boolean } | undefined
}

/** Forms are good once, and for half a day. */
const TOKEN: Limit = { most: 1, window: 12 * 60 * 60 * 1_000 }

/** A network's new readers are one count, which those without a proof may raise less high. */
export function admissionStages(limits: Limits): Stage<Admission>[] {
  const newReader = (proven: boolean) => (act: Admission) =>
    act.first?.proven === proven ? act.first.network : undefined
  return [
    { name: 'token', limit: TOKEN, subject: ({ token }) => token },
    { name: 'readers', limit: limits.readers, subject: newReader(false) },
    {
      name: 'provenReaders',
      kind: 'readers',
      limit: limits.provenReaders,
      subject: newReader(true),
    },
  ]
}
