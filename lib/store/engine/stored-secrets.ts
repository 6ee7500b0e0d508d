import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#lib/store/engine/schema.ts'

/** Stays for good, unlike a key of one day. */
const ALWAYS = 0

/**
 * A key of 256 random bits (base64url), made by whichever process asks first and then the same for
 * all. With a day it is that day's, and those of earlier days are deleted.
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

/** The same, unless no process has asked for it yet. */
export async function findSecret(
  db: Kysely<Database>,
  name: string,
  day: number = ALWAYS,
): Promise<string | undefined> {
  const kept = await db
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .where('day', '=', day)
    .executeTakeFirst()
  return kept?.value
}

async function makeSecret(db: Kysely<Database>, name: string, day: number): Promise<string> {
  // In a transaction, because only that waits for another process's on SQLite.
  return db.transaction().execute(async (transaction) => {
    const made = await transaction
      .insertInto('secrets')
      .values({ name, day, value: randomBytes(32).toString('base64url') })
      // Another process may have made it meanwhile; assigning its own value returns it.
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
    return made.value
  })
}
