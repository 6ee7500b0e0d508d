import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { findPending } from '#lib/store/engine/migrate.ts'
import { migrations } from '#lib/store/engine/migrations.ts'
import { connectPostgres, type PostgresOptions } from '#lib/store/engine/postgres.ts'
import type { Database, Engine } from '#lib/store/engine/schema.ts'
import { findSecret } from '#lib/store/engine/stored-secrets.ts'
import { openSqliteReadOnly, requireWritableSqlite } from '#lib/store/engine/sqlite.ts'

/** Others than current ones are brought up to date at the next start. */
type TablesState = 'current' | 'older' | 'missing'

/** What a store is, as a host wants to know it. */
export type StoreDescription = {
  engine: 'SQLite' | 'PostgreSQL'
  version: string
  tables: TablesState
  /** The one that was asked for, when it has been made. */
  secret?: string | undefined
  /** The file's. */
  path?: string
  /** The server's, in UTC milliseconds. */
  clock?: number
  /** Whether what goes to the server and comes from it is. */
  encrypted?: boolean
  /** The server is on this machine. */
  local?: boolean
}

/**
 * Looks at the file, or at where it will be, and changes nothing.
 *
 * @param secret the name of one that is to be told
 * @throws what keeps it from being written, or from being used at all
 */
export async function describeSqlite(path: string, secret: string): Promise<StoreDescription> {
  const description = { engine: 'SQLite', version: process.versions.sqlite!, path } as const
  if (!existsSync(path)) {
    requireWritableFolder(dirname(path))
    return { ...description, tables: 'missing' }
  }
  closeSync(openSync(path, 'r+'))
  const found = await withDatabase(openSqliteReadOnly(path), (db) =>
    readTables(db, 'sqlite', secret),
  )
  // Who opens a file to write takes away what reading has left beside it.
  if (found.tables === 'current') requireWritableSqlite(path)
  return { ...description, ...found }
}

/** The same of a database. */
export async function describePostgres(
  url: string,
  options: PostgresOptions,
  secret: string,
): Promise<StoreDescription> {
  return withDatabase(connectPostgres(url, { ...options, connections: 1 }), async (db) => {
    const { mayCreate, ...server } = await readServer(db)
    const description = { engine: 'PostgreSQL', ...server } as const
    const found = await readTables(db, 'postgres', secret)
    if (found.tables === 'current') await requireWritableDatabase(db)
    if (found.tables === 'current' || mayCreate) return { ...description, ...found }
    throw new Error(
      'this user may not make tables there; let the owner say "grant create on schema public to …"',
    )
  })
}

/** Whether the file is a store, of whatever version. */
export async function isSqliteStore(path: string): Promise<boolean> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  return withDatabase(openSqliteReadOnly(path), (db) => hasTables(db, 'sqlite'))
}

/** The same of a database. */
export async function isPostgresStore(url: string, options: PostgresOptions): Promise<boolean> {
  return withDatabase(connectPostgres(url, { ...options, connections: 1 }), (db) =>
    hasTables(db, 'postgres'),
  )
}

async function hasTables(db: Kysely<Database>, engine: Engine): Promise<boolean> {
  return (await describeTables(db, engine)) !== 'missing'
}

async function withDatabase<Result>(
  db: Kysely<Database>,
  run: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(db)
  } finally {
    await db.destroy()
  }
}

/** @throws when the folder is not there and cannot be made, or cannot be written */
function requireWritableFolder(folder: string): void {
  if (!existsSync(folder)) return requireWritableFolder(dirname(folder))
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`)
  accessSync(folder, constants.W_OK)
}

async function readTables(
  db: Kysely<Database>,
  engine: Engine,
  secret: string,
): Promise<Pick<StoreDescription, 'tables' | 'secret'>> {
  const tables = await describeTables(db, engine)
  return tables === 'current' ? { tables, secret: await findSecret(db, secret) } : { tables }
}

async function describeTables(db: Kysely<Database>, engine: Engine): Promise<TablesState> {
  const pending = await findPending(db, engine)
  if (pending.length === 0) return 'current'
  return pending.length < Object.keys(migrations(engine)).length ? 'older' : 'missing'
}

async function readServer(db: Kysely<Database>) {
  const { rows } = await sql<{
    version: string
    clock: number
    encrypted: boolean
    local: boolean
    mayCreate: boolean
  }>`
    select split_part(current_setting('server_version'), ' ', 1) as version,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as clock,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      coalesce(host(inet_server_addr()) in ('127.0.0.1', '::1'), true) as local,
      coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as "mayCreate"
  `.execute(db)
  return rows[0]!
}

/** Writes, and takes it back. @throws what keeps the database from being written */
async function requireWritableDatabase(db: Kysely<Database>): Promise<void> {
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
