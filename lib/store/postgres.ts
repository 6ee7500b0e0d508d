import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { migrations } from '#lib/store/migrations.ts'
import type { Database } from '#lib/store/schema.ts'

/** 64-bit integers as numbers: counts and milliseconds stay far below 2^53. */
const INT8 = 20

/** How long a connection or a query may take, in milliseconds. */
const PATIENCE = 10_000

/** Connects and brings the tables up to date; processes that start together wait for one another. */
export async function openPostgres(connectionString: string): Promise<Kysely<Database>> {
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    types: {
      getTypeParser: ((type: number, format?: 'text') =>
        type === INT8
          ? Number
          : pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A connection that breaks while idle is replaced at the next query, which reports what is wrong.
  pool.on('error', () => {})
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations('postgres') },
  }).migrateToLatest()
  if (error) {
    await db.destroy()
    throw error
  }
  return db
}
