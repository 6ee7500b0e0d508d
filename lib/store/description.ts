import { type Kysely, sql } from 'kysely'
import type { Database, Engine } from '#lib/store/schema.ts'

export type StoreDescription = {
  engine: 'SQLite' | 'PostgreSQL'
  version: string
  /** The file's. */
  path?: string
  /** The server's, in UTC milliseconds. */
  clock?: number
  /** Whether what goes to the server and comes from it is. */
  encrypted?: boolean
  /** The server is on this machine. */
  local?: boolean
}

export async function describe(db: Kysely<Database>, engine: Engine): Promise<StoreDescription> {
  if (engine === 'sqlite') {
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
    return { engine: 'SQLite', version: rows[0]!.version }
  }
  const { rows } = await sql<{
    version: string
    clock: number
    encrypted: boolean
    local: boolean
  }>`
    select current_setting('server_version') as version,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as clock,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      coalesce(host(inet_server_addr()) in ('127.0.0.1', '::1'), true) as local
  `.execute(db)
  const { version, ...rest } = rows[0]!
  return { engine: 'PostgreSQL', version: version.split(' ')[0]!, ...rest }
}

/** Writes, and takes it back. @throws what keeps the store from being written */
export async function checkWrite(db: Kysely<Database>): Promise<void> {
  const undone = new Error('undone')
  await db
    .transaction()
    .execute(async (transaction) => {
      await sql`update tally set up = up`.execute(transaction)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
}
