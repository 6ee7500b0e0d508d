import { type Kysely, sql } from 'kysely'
import {
  DEFAULT_MIGRATION_LOCK_TABLE,
  DEFAULT_MIGRATION_TABLE,
  MIGRATION_LOCK_ID,
  Migrator,
} from 'kysely/migration'
import { backupSqlite } from '#lib/store/engine/backup-sqlite.ts'
import { migrations } from '#lib/store/engine/migrations.ts'
import { isConflict, withRetries } from '#lib/store/engine/retry.ts'
import type { Database, Engine } from '#lib/store/engine/schema.ts'

/**
 * Brings the tables up to date under a lock on a row, which every engine has that speaks PostgreSQL's
 * language: of processes that start together one does it, and the others wait.
 */
export async function migratePostgres(db: Kysely<Database>): Promise<void> {
  // Outside of what may be taken back: else those who come first would each make it.
  const passes = (error: unknown) => isConflict(error) || isMadeMeanwhile(error)
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
        await migrateToLatest(transaction, 'postgres')
      })
  }, passes)
}

/**
 * Brings the tables of a file up to date in one transaction. What readers have left there is copied
 * before.
 *
 * @returns where the copy is, if one was made
 */
export async function migrateSqlite(
  db: Kysely<Database>,
  path: string,
): Promise<string | undefined> {
  if ((await findPending(db, 'sqlite')).length === 0) return
  return db.transaction().execute(async (transaction) => {
    // Another process may have done it meanwhile.
    const [next] = await findPending(transaction, 'sqlite')
    if (next === undefined) return
    const copy = (await hasRows(transaction))
      ? await backupSqlite(path, undefined, `-before-${next}`)
      : undefined
    await migrateToLatest(transaction, 'sqlite')
    return copy
  })
}

const LOCK = sql.table(DEFAULT_MIGRATION_LOCK_TABLE)

/**
 * The migrations that have not been made, in order.
 *
 * @throws when some have been made that this program does not know
 */
export async function findPending(db: Kysely<Database>, engine: Engine): Promise<string[]> {
  const known = Object.keys(migrations(engine))
  if (!(await isBegun(db, engine))) return known
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  const made = new Set(rows.map(({ name }) => name))
  if ([...made].some((name) => !known.includes(name)))
    throw new Error('its tables were made by a newer Broadside; use that one, or a newer one')
  return known.filter((name) => !made.has(name))
}

/** Kysely would look at every table, and fail where another process is about to change one. */
async function isBegun(db: Kysely<Database>, engine: Engine): Promise<boolean> {
  const found =
    engine === 'sqlite'
      ? sql`select 1 from sqlite_schema where name = ${DEFAULT_MIGRATION_TABLE}`
      : sql`select 1 where to_regclass(${DEFAULT_MIGRATION_TABLE}) is not null`
  return (await found.execute(db)).rows.length > 0
}

/** Under a lock that ends with the transaction. */
async function migrateToLatest(db: Kysely<Database>, engine: Engine): Promise<void> {
  const provider = { getMigrations: async () => migrations(engine) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}

/** As Kysely makes them, but by as many at once as there are. */
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

/** "if not exists" of PostgreSQL fails all the same when another makes it at that moment. */
function isMadeMeanwhile(error: unknown): boolean {
  return ['23505', '42710', '42P07'].includes((error as NodeJS.ErrnoException).code ?? '')
}

/** Whether there is anything but the zeroes of a tally. */
async function hasRows(db: Kysely<Database>): Promise<boolean> {
  for (const { name } of await db.introspection.getTables()) {
    if (name === 'tally') continue
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db)
    if (rows.length > 0) return true
  }
  return false
}
