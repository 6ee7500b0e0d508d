import { type Kysely, sql } from 'kysely'
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

export type NewVote = { reader: string; vote: Vote }

/**
 * Sets votes, each reader's last one, and answers for each with how things stand after all of them. The upsert
 * tells a new value from an old one, so a repeat moves nothing however many arrive together.
 */
export async function setVotes(db: Kysely<Database>, votes: NewVote[]): Promise<Tally[]> {
  const values = new Map(votes.map(({ reader, vote }) => [reader, VALUES[vote]]))
  // In one order everywhere, so that two processes never wait for each other's rows.
  const rows = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reader, value]) => ({ reader, value }))
  const tally = await db.transaction().execute(async (transaction) => {
    const changed = await transaction
      .insertInto('votes')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column('reader')
          .doUpdateSet({
            previous: sql`votes.value`,
            value: sql`excluded.value`,
          })
          .whereRef('votes.value', '!=', 'excluded.value'),
      )
      .returning(['value', 'previous'])
      .execute()
    const moved = (value: number) =>
      changed.filter((row) => row.value === value).length -
      changed.filter((row) => row.previous === value).length
    return transaction
      .updateTable('tally')
      .set({ up: sql`up + ${moved(1)}`, down: sql`down + ${moved(-1)}` })
      .returning(['up', 'down'])
      .executeTakeFirstOrThrow()
  })
  return votes.map(({ reader }) => ({ ...tally, mine: mine(values.get(reader)!) }))
}

function mine(value: number | null): Tally['mine'] {
  return value === 1 ? 'up' : value === -1 ? 'down' : null
}
