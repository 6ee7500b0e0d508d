import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  type SqliteStatement,
  SqliteDriver,
} from 'kysely'
import { migrateSqlite } from '#lib/store/engine/migrate.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Most prepared statements that are cached; batches of every size need many. */
const MAX_PREPARED = 400
const SQLITE_BUSY = 5
const SQLITE_CANNOT_OPEN = 14
/** Milliseconds that a starting process waits while another migrates. */
const MIGRATION_TIMEOUT = 10 * 60_000
/** Milliseconds that a transaction waits for another process's. */
const BUSY_TIMEOUT = 5_000
/** Milliseconds that SQLite may wait by itself, which blocks the whole process. */
const BLOCKING_BUSY_TIMEOUT = 50
/** SQLite's name of a database that is no file. */
const IN_MEMORY = ':memory:'

/**
 * Opens a SQLite file, creates it when it does not exist, and brings its tables up to date.
 *
 * @param onBackup gets the path of the backup that was made before, if one was
 */
export async function openSqlite(
  path: string,
  onBackup: (copy: string) => void = () => {},
): Promise<Kysely<Database>> {
  // The file has secrets: it is for its owner alone, and so are the files that SQLite puts beside it.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  const db = new Kysely<Database>({ dialect: new NodeSqliteDialect(new SqliteFile(path)) })
  try {
    const copy = await migrate(db, path)
    if (copy !== undefined) onBackup(copy)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** Retries while another process migrates. */
async function migrate(db: Kysely<Database>, path: string): Promise<string | undefined> {
  for (const deadline = Date.now() + MIGRATION_TIMEOUT; ;) {
    try {
      return await migrateSqlite(db, path)
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
    }
  }
}

/** Opens a SQLite file without changing anything in it. */
export function openSqliteReadOnly(path: string): Kysely<Database> {
  return new Kysely<Database>({ dialect: new NodeSqliteDialect(new SqliteFile(path, true)) })
}

/** Opens an empty database in memory, without tables. */
export function openSqliteInMemory(): Kysely<Database> {
  return new Kysely<Database>({ dialect: new NodeSqliteDialect(new SqliteFile(IN_MEMORY)) })
}

/** Writes to a store's file and rolls it back. @throws when it cannot be written */
export function requireWritableSqlite(path: string): void {
  const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT })
  try {
    file.exec('begin immediate; update tally set up = up; rollback')
  } finally {
    file.close()
  }
}

/** Adapts Kysely's dialect for SQLite to `node:sqlite` and to several processes. */
class NodeSqliteDialect extends SqliteDialect {
  readonly #file: SqliteFile

  constructor(file: SqliteFile) {
    super({ database: file })
    this.#file = file
  }

  override createDriver(): SqliteDriver {
    return new NodeSqliteDriver(this.#file)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

/** Lets Kysely change tables in transactions, which SQLite supports. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Waits for other processes' transactions without blocking this process. */
class NodeSqliteDriver extends SqliteDriver {
  readonly #file: SqliteFile

  constructor(file: SqliteFile) {
    super({ database: file })
    this.#file = file
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#file.reopenIfReplaced()
    return super.acquireConnection()
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    for (const deadline = Date.now() + BUSY_TIMEOUT; ; await sleep(10)) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'))
        return
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw error
      }
    }
  }

  /** Skips a rollback that SQLite has done by itself: its error would hide the first one. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.isInTransaction) await super.rollbackTransaction(connection)
  }
}

function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY
}

/** Returns the number by which the file at a path is told from one that replaces it. */
function inodeOf(path: string): number {
  return path === IN_MEMORY ? 0 : statSync(path).ino
}

/** Gives `node:sqlite` the interface of better-sqlite3, which Kysely's dialect expects. */
class SqliteFile {
  readonly #path: string
  readonly #isReadOnly: boolean
  readonly #prepared = new Map<string, SqliteStatement>()
  #file: DatabaseSync
  #inode: number | undefined
  #timeout = BUSY_TIMEOUT
  #openError: Error | undefined

  constructor(path: string, isReadOnly = false) {
    this.#path = path
    this.#isReadOnly = isReadOnly
    this.#file = this.#open()
    this.#inode = inodeOf(path)
    // From here on `NodeSqliteDriver` waits for the locks of other processes.
    this.#timeout = BLOCKING_BUSY_TIMEOUT
    this.#file.exec(`pragma busy_timeout = ${BLOCKING_BUSY_TIMEOUT}`)
  }

  /**
   * Opens the file anew when another file is at the path, such as a restored copy: SQLite would go on
   * writing to the old one. Its tables are brought up to date at the next start. An error is thrown by the
   * next statement, because Kysely would keep its lock on a connection that fails to open.
   */
  reopenIfReplaced(): void {
    try {
      this.#openError = undefined
      const inode = inodeOf(this.#path)
      if (inode === this.#inode) return
      this.close()
      this.#prepared.clear()
      this.#file = this.#open()
      this.#inode = inode
    } catch (cause) {
      const errcode = SQLITE_CANNOT_OPEN
      this.#openError = Object.assign(new Error('The SQLite file is gone', { cause }), { errcode })
    }
  }

  get isInTransaction(): boolean {
    return this.#file.isOpen && this.#file.isTransaction
  }

  close(): void {
    this.#inode = undefined
    if (this.#file.isOpen) this.#file.close()
  }

  prepare(query: string): SqliteStatement {
    if (this.#openError) throw this.#openError
    const known = this.#prepared.get(query)
    if (known) return known
    if (this.#prepared.size === MAX_PREPARED) this.#prepared.clear()
    const statement = this.#file.prepare(query)
    const adapted = {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => statement.all(...(values as SQLInputValue[])),
      run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
      iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
    }
    this.#prepared.set(query, adapted)
    return adapted
  }

  #open(): DatabaseSync {
    const options = { timeout: this.#timeout, enableForeignKeyConstraints: true }
    const file = new DatabaseSync(this.#path, { ...options, readOnly: this.#isReadOnly })
    // For `data-version.ts`: each connection counts changes by itself.
    const connection = randomUUID()
    file.function('connection', () => connection)
    if (this.#isReadOnly) return file
    // WAL with FULL: a commit that was answered survives a power cut.
    file.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on')
    return file
  }
}
