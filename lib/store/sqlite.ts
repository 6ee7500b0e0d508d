import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, sql, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { type Database, migrations } from '#lib/store/schema.ts'

/** Opens the file (made when it is not there) and brings its tables up to date. */
export async function openSqlite(path: string): Promise<Kysely<Database>> {
  mkdirSync(dirname(path), { recursive: true })
  const file = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true })
  // WAL with FULL: a commit that was answered survives a power cut.
  file.exec('pragma journal_mode = wal; pragma synchronous = full')
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: adapt(file) }) })
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** Kysely's dialect speaks better-sqlite3, which differs from `node:sqlite` in these three calls. */
function adapt(file: DatabaseSync) {
  return {
    close: () => file.close(),
    prepare(query: string) {
      const statement = file.prepare(query)
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...(values as SQLInputValue[])),
        run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
        iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
      }
    },
  }
}

/** Kysely takes no lock on SQLite: the write lock is taken first, so that a second process waits. */
async function migrate(db: Kysely<Database>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection)
    const { error } = await new Migrator({
      db: connection,
      provider: { getMigrations: async () => migrations('sqlite') },
    }).migrateToLatest()
    await (error ? sql`rollback` : sql`commit`).execute(connection)
    if (error) throw error
  })
}
