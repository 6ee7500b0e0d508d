import { type Kysely, sql } from 'kysely'
import {
  DEFAULT_MIGRATION_LOCK_TABLE,
  DEFAULT_MIGRATION_TABLE,
  type Migration,
  MIGRATION_LOCK_ID,
  Migrator,
} from 'kysely/migration'
import { backupSqlite } from '#lib/store/engine/backup-sqlite.ts'
import { migrations } from '#lib/store/engine/migrations.ts'
import { isConflict, withRetries } from '#lib/store/engine/retry.ts'
import type { Database, Engine } from '#lib/store/engine/schema.ts'

/**
 * Brings the tables of a PostgreSQL database up to date. A row is locked, which all databases with
 * PostgreSQL's protocol can do: of processes that start together, one migrates and the others wait.
 */
export async function migratePostgres(db: Kysely<Database>): Promise<void> {
  // The lock is made outside the transaction, or processes that start together would each make it.
  const isTransient = (error: unknown) => isConflict(error) || isMadeMeanwhile(error)
  await withRetries(async () => {
    if ((await findPending(db, 'postgres')).length === 0) return
    await makeLock(db)
    await db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        await sql`update ${LOCK} set is_locked = 0 where id = ${MIGRATION_LOCK_ID}`.execute(
          transaction,
        )
        await migrate(transaction, migrations('postgres'))
      })
  }, isTransient)
}

/**
 * Brings the tables of a SQLite file up to date in one transaction. A file with data is backed up before.
 *
 * @returns the path of the backup, if one was made
 */
export async function migrateSqlite(
  db: Kysely<Database>,
  path: string,
): Promise<string | undefined> {
  if ((await findPending(db, 'sqlite')).length === 0) return
  return db.transaction().execute(async (transaction) => {
    // Another process may have migrated meanwhile.
    const [next] = await findPending(transaction, 'sqlite')
    if (next === undefined) return
    const copy = (await hasRows(transaction))
      ? await backupSqlite(path, undefined, `-before-${next}`)
      : undefined
    await migrate(transaction, migrations('sqlite'))
    return copy
  })
}

const LOCK = sql.table(DEFAULT_MIGRATION_LOCK_TABLE)

/**
 * Returns the names of the migrations that have not been made, in order.
 *
 * @throws when the tables have migrations that this version does not know
 */
export async function findPending(db: Kysely<Database>, engine: Engine): Promise<string[]> {
  const known = Object.keys(migrations(engine))
  if (!(await hasMigrationTable(db, engine))) return known
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  const made = new Set(rows.map(({ name }) => name))
  if ([...made].some((name) => !known.includes(name)))
    throw new Error('its tables were made by a newer Broadside; use that version or a later one')
  return known.filter((name) => !made.has(name))
}

/** Looks for the table of migrations alone: Kysely reads all, and fails if another process changes one. */
async function hasMigrationTable(db: Kysely<Database>, engine: Engine): Promise<boolean> {
  const found =
    engine === 'sqlite'
      ? sql`select 1 from sqlite_schema where name = ${DEFAULT_MIGRATION_TABLE}`
      : sql`select 1 where to_regclass(${DEFAULT_MIGRATION_TABLE}) is not null`
  return (await found.execute(db)).rows.length > 0
}

/** Makes the tables of an empty SQLite database as they are after the first `count` migrations. */
export async function migrateEmptySqlite(db: Kysely<Database>, count: number): Promise<void> {
  const first = Object.entries(migrations('sqlite')).slice(0, count)
  await migrate(db, Object.fromEntries(first))
}

/** Runs those of these migrations that are pending, within the caller's transaction and lock. */
async function migrate(db: Kysely<Database>, all: Record<string, Migration>): Promise<void> {
  const provider = { getMigrations: async () => all }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}

/** Makes Kysely's tables of migrations in such a way that several processes can do it at once. */
async function makeLock(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable(DEFAULT_MIGRATION_TABLE)
    .ifNotExists()
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable(DEFAULT_MIGRATION_LOCK_TABLE)
    .ifNotExists()
    .addColumn('id', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('is_locked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`insert into ${LOCK} (id, is_locked)
    values (${MIGRATION_LOCK_ID}, 0) on conflict do nothing`.execute(db)
}

/** Recognises the failure of "if not exists" when another process makes the table at that moment. */
function isMadeMeanwhile(error: unknown): boolean {
  return ['23505', '42710', '42P07'].includes((error as NodeJS.ErrnoException).code ?? '')
}

/** Tells whether any table but the tally, which always has rows, has a row. */
async function hasRows(db: Kysely<Database>): Promise<boolean> {
  for (const { name } of await db.introspection.getTables()) {
    if (name === 'tally') continue
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db)
    if (rows.length > 0) return true
  }
  return false
}
