import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { findPending } from '#lib/store/engine/migrate.ts'
import { migrations } from '#lib/store/engine/migrations.ts'
import { connectPostgres, type PostgresOptions, requireUtf8 } from '#lib/store/engine/postgres.ts'
import type { Database, Engine } from '#lib/store/engine/schema.ts'
import { findSecret } from '#lib/store/engine/stored-secrets.ts'
import { openSqliteReadOnly, requireWritableSqlite } from '#lib/store/engine/sqlite.ts'

/** Tells whether the tables are up to date; if not, the next start brings them up to date. */
type TablesState = 'current' | 'older' | 'missing'

/** Describes a store for `npm run doctor`. */
export type StoreDescription = {
  engine: 'SQLite' | 'PostgreSQL'
  version: string
  tables: TablesState
  /** The secret that was asked for, when it has been created. */
  secret?: string | undefined
  /** Path of the SQLite file. */
  path?: string
  /** Time of the server, in UTC milliseconds. */
  clock?: number
  /** Whether the connection to the server is encrypted. */
  encrypted?: boolean
  /** Whether the server is on this machine. */
  local?: boolean
  /** Most connections that the server lets this user have. */
  maxConnections?: number
}

/**
 * Describes a SQLite store, or the place where it will be created, and changes nothing.
 *
 * @param secret name of the secret to include
 * @throws when the file cannot be read or written
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
  // Opening the file to write also removes what reading has left beside it.
  if (found.tables === 'current') requireWritableSqlite(path)
  return { ...description, ...found }
}

/**
 * Describes a PostgreSQL store, and changes nothing.
 *
 * @param secret name of the secret to include
 * @throws when the database cannot be reached or written
 */
export async function describePostgres(
  url: string,
  options: PostgresOptions,
  secret: string,
): Promise<StoreDescription> {
  return withDatabase(connectPostgres(url, { ...options, connections: 1 }), async (db) => {
    await requireUtf8(db)
    const { mayCreate, ...server } = await readServer(db)
    const description = { engine: 'PostgreSQL', ...server } as const
    const found = await readTables(db, 'postgres', secret)
    if (found.tables === 'current') await requireWritableDatabase(db)
    if (found.tables === 'current' || mayCreate) return { ...description, ...found }
    throw new Error(
      'this user cannot create tables there; let the owner run "grant create on schema public to …"',
    )
  })
}

/** Tells whether a file is a store, of any version. */
export async function isSqliteStore(path: string): Promise<boolean> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  return withDatabase(openSqliteReadOnly(path), (db) => hasTables(db, 'sqlite'))
}

/** Tells whether a database has a store, of any version. */
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
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`)
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
    maxConnections: number
  }>`
    select split_part(current_setting('server_version'), ' ', 1) as version,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as clock,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      coalesce(host(inet_server_addr()) in ('127.0.0.1', '::1'), true) as local,
      coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as "mayCreate",
      least(
        current_setting('max_connections')::int
          - coalesce(nullif(current_setting('superuser_reserved_connections', true), '')::int, 0)
          - coalesce(nullif(current_setting('reserved_connections', true), '')::int, 0),
        (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
        (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
      ) as "maxConnections"
  `.execute(db)
  return rows[0]!
}

/** Writes and rolls it back. @throws when the database cannot be written */
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
