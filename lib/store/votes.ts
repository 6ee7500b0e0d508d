import { type Kysely, sql } from 'kysely'
import type { Limit, Limits, Refusal } from '#lib/limits.ts'
import { admit, type FirstAct, newReaderStages, TOKEN_STAGE } from '#lib/store/quotas.ts'
import type { Database } from '#lib/store/schema.ts'
import type { Tally, Vote } from '#lib/votes.ts'

const VALUES = { up: 1, down: -1, none: 0 } as const

export async function readTally(db: Kysely<Database>, reader?: string): Promise<Tally> {
  const row = await db
    .selectFrom('tally')
    .select(['up', 'down'])
    .select((query) =>
      query
        .selectFrom('votes')
        .select('value')
        .where('reader', '=', reader ?? '')
        .as('value'),
    )
    .executeTakeFirstOrThrow()
  return { up: row.up, down: row.down, mine: mine(row.value) }
}

export type NewVote = {
  reader: string
  vote: Vote
  first?: FirstAct | undefined
  /** The id of the form whose proof of work is spent on it, good once. */
  token?: string | undefined
}

/**
 * Sets votes, each reader's last one, and answers for each with how things stand after all of them,
 * or why it was not set. The upsert tells a new value from an old one, so a repeat moves nothing
 * however many arrive together.
 */
export async function setVotes(
  db: Kysely<Database>,
  votes: NewVote[],
  limits: Limits,
): Promise<(Tally | Refusal)[]> {
  return db.transaction().execute(async (transaction) => {
    const refusals = await admit(transaction, votes, [...newReaderStages(limits), TOKEN_STAGE])
    const admitted = votes.filter((_, index) => !refusals[index])
    const { tally, mine, waits } = await setValues(transaction, admitted, limits.votes)
    return votes.map(({ reader }, index): Tally | Refusal => {
      const retryAfter = waits.get(reader)
      return (
        refusals[index] ??
        (retryAfter === undefined
          ? { ...tally, mine: mine.get(reader)! }
          : { limit: 'votes', retryAfter })
      )
    })
  })
}

/** @returns the seconds to wait, by reader, for those who have changed their votes too often. */
async function setValues(
  db: Kysely<Database>,
  votes: NewVote[],
  { most, window }: Limit,
): Promise<{
  tally: Pick<Tally, 'up' | 'down'>
  mine: Map<string, Tally['mine']>
  waits: Map<string, number>
}> {
  const values = new Map(votes.map(({ reader, vote }) => [reader, VALUES[vote]]))
  const since = Date.now()
  // In one order everywhere, so that two processes never wait for each other's rows.
  const rows = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reader, value]) => ({ reader, value, since, changes: 1 }))
  const over = sql`votes.since <= ${since - window}`
  const changed = await (rows.length === 0
    ? []
    : db
        .insertInto('votes')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column('reader')
            .doUpdateSet({
              previous: sql`votes.value`,
              value: sql`excluded.value`,
              since: sql`case when ${over} then excluded.since else votes.since end`,
              changes: sql`case when ${over} then 1 else votes.changes + 1 end`,
            })
            .whereRef('votes.value', '!=', 'excluded.value')
            .where(sql<boolean>`(${over} or votes.changes < ${most})`),
        )
        .returning(['reader', 'value', 'previous'])
        .execute())
  const moved = (value: number) =>
    changed.filter((row) => row.value === value).length -
    changed.filter((row) => row.previous === value).length
  const tally = await db
    .updateTable('tally')
    .set({ up: sql`up + ${moved(1)}`, down: sql`down + ${moved(-1)}` })
    .returning(['up', 'down'])
    .executeTakeFirstOrThrow()

  const waits = new Map<string, number>()
  if (changed.length < rows.length) {
    for (const { reader } of changed) values.delete(reader)
    // What was not changed stood so already, or has been changed too often.
    const kept = await db
      .selectFrom('votes')
      .select(['reader', 'value', 'since'])
      .where('reader', 'in', [...values.keys()])
      .execute()
    for (const row of kept)
      if (row.value !== values.get(row.reader))
        waits.set(row.reader, Math.max(1, Math.ceil((row.since + window - since) / 1_000)))
  }
  return { tally, mine: new Map(rows.map(({ reader, value }) => [reader, mine(value)])), waits }
}

function mine(value: number | null): Tally['mine'] {
  return value === 1 ? 'up' : value === -1 ? 'down' : null
}
