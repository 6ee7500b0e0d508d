import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#lib/store/engine/schema.ts'

/** Stands in the column `day` for secrets that are kept for good. */
const ALWAYS = 0

/**
 * Returns a secret of 256 random bits (base64url), which is created at the first call and then the same
 * in all processes. With a day (since 1970) it is that day's, and those of earlier days are deleted.
 */
export async function readSecret(
  db: Kysely<Database>,
  name: string,
  day: number = ALWAYS,
): Promise<string> {
  return (await findSecret(db, name, day)) ?? makeSecret(db, name, day)
}

/** Returns `readSecret` with a cache: the value for the last day that was asked for, by name. */
export function cachedSecrets(
  db: Kysely<Database>,
): (name: string, day?: number) => Promise<string> {
  const cache = new Map<string, { day: number | undefined; secret: string }>()
  return async (name, day) => {
    const cached = cache.get(name)
    if (cached && cached.day === day) return cached.secret
    const secret = await readSecret(db, name, day)
    cache.set(name, { day, secret })
    return secret
  }
}

/** Returns a secret without creating it; undefined when it does not exist. */
export async function findSecret(
  db: Kysely<Database>,
  name: string,
  day: number = ALWAYS,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .where('day', '=', day)
    .executeTakeFirst()
  return row?.value
}

async function makeSecret(db: Kysely<Database>, name: string, day: number): Promise<string> {
  // On SQLite only transactions wait for another process.
  return db.transaction().execute(async (transaction) => {
    const created = await transaction
      .insertInto('secrets')
      .values({ name, day, value: randomBytes(32).toString('base64url') })
      // Another process may have created it meanwhile; assigning its own value returns it.
      .onConflict((conflict) =>
        conflict.columns(['name', 'day']).doUpdateSet({ value: sql`secrets.value` }),
      )
      .returning('value')
      .executeTakeFirstOrThrow()
    await transaction
      .deleteFrom('secrets')
      .where('name', '=', name)
      .where('day', '<', day)
      .execute()
    return created.value
  })
}
