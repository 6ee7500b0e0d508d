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

/**
 * Sets this reader's vote and answers with the tally as it stands then. The upsert tells the old
 * value from the new one, so a repeat moves nothing however many arrive together.
 */
export async function setVote(db: Kysely<Database>, reader: string, vote: Vote): Promise<Tally> {
  const value = VALUES[vote]
  return db.transaction().execute(async (transaction) => {
    const changed = await transaction
      .insertInto('votes')
      .values({ reader, value, previous: 0, changed_at: Date.now() })
      .onConflict((conflict) =>
        conflict
          .column('reader')
          .doUpdateSet({
            previous: sql`votes.value`,
            value: sql`excluded.value`,
            changed_at: sql`excluded.changed_at`,
          })
          .where('votes.value', '!=', value),
      )
      .returning('previous')
      .executeTakeFirst()
    if (!changed) return readTally(transaction, reader)

    const up = Number(value === 1) - Number(changed.previous === 1)
    const down = Number(value === -1) - Number(changed.previous === -1)
    const tally = await transaction
      .updateTable('tally')
      .set({ up: sql`up + ${up}`, down: sql`down + ${down}` })
      .returning(['up', 'down'])
      .executeTakeFirstOrThrow()
    return { ...tally, mine: mine(value) }
  })
}

function mine(value: number | null): Tally['mine'] {
  return value === 1 ? 'up' : value === -1 ? 'down' : null
}
