import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  sql,
  SqliteDialect,
  type SqliteDialectConfig,
  type SqliteStatement,
  SqliteDriver,
} from 'kysely'
import { Migrator } from 'kysely/migration'
import { type Database, migrations } from '#lib/store/schema.ts'

/** Statements are kept as they were prepared; batches of every size make many. */
const MOST_PREPARED = 100
const SQLITE_BUSY = 5
/** How long a transaction waits for another process's, in milliseconds. */
const PATIENCE = 5_000
/** As much of it as SQLite may wait by itself, which stops the whole process. */
const BLOCKING_PATIENCE = 50

/** Opens the file (made when it is not there) and brings its tables up to date. */
export async function openSqlite(path: string): Promise<Kysely<Database>> {
  mkdirSync(dirname(path), { recursive: true })
  const file = new DatabaseSync(path, { timeout: PATIENCE, enableForeignKeyConstraints: true })
  // WAL with FULL: a commit that was answered survives a power cut.
  file.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on')
  const db = new Kysely<Database>({ dialect: new PatientDialect({ database: adapt(file) }) })
  try {
    await migrate(db)
    file.exec(`pragma busy_timeout = ${BLOCKING_PATIENCE}`)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

class PatientDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): SqliteDriver {
    return new PatientDriver(this.#config)
  }
}

/** Waits for another process's transaction without keeping this one from answering. */
class PatientDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    for (const deadline = Date.now() + PATIENCE; ; await sleep(10)) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'))
        return
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw error
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY
}

/** Kysely's dialect speaks better-sqlite3, which differs from `node:sqlite` in these three calls. */
function adapt(file: DatabaseSync) {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => file.close(),
    prepare(query: string): SqliteStatement {
      const known = prepared.get(query)
      if (known) return known
      if (prepared.size === MOST_PREPARED) prepared.clear()
      const statement = file.prepare(query)
      const adapted = {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...(values as SQLInputValue[])),
        run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
        iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
      }
      prepared.set(query, adapted)
      return adapted
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
