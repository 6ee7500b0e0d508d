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

/** Statements are kept as they were prepared; batches of every size make many. */
const MAX_PREPARED = 400
const SQLITE_BUSY = 5
const SQLITE_CANNOT_OPEN = 14
/** How long a process that starts waits for one that brings the tables up to date, in milliseconds. */
const MIGRATION_TIMEOUT = 10 * 60_000
/** How long a transaction waits for another process's, in milliseconds. */
const BUSY_TIMEOUT = 5_000
/** As much of it as SQLite may wait by itself, which stops the whole process. */
const BLOCKING_BUSY_TIMEOUT = 50

/**
 * Opens the file (made when it is not there) and brings its tables up to date.
 *
 * @param tell is told where the copy is that was made before, if one was
 */
export async function openSqlite(
  path: string,
  tell: (copy: string) => void = () => {},
): Promise<Kysely<Database>> {
  // It holds keys, and what is not public: for its owner alone, and so what SQLite puts beside it.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  const db = new Kysely<Database>({ dialect: new NodeSqliteDialect(new SqliteFile(path)) })
  try {
    const copy = await migrate(db, path)
    if (copy !== undefined) tell(copy)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** As soon as no other process is at it. */
async function migrate(db: Kysely<Database>, path: string): Promise<string | undefined> {
  for (const deadline = Date.now() + MIGRATION_TIMEOUT; ;) {
    try {
      return await migrateSqlite(db, path)
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
    }
  }
}

/** As the file is, without changing anything in it. */
export function openSqliteReadOnly(path: string): Kysely<Database> {
  return new Kysely<Database>({ dialect: new NodeSqliteDialect(new SqliteFile(path, true)) })
}

/** Writes to a store's file, and takes it back. @throws what keeps it from being written */
export function requireWritableSqlite(path: string): void {
  const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT })
  try {
    file.exec('begin immediate; update tally set up = up; rollback')
  } finally {
    file.close()
  }
}

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

/** Tables are made in transactions, whatever Kysely says of them. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Waits for another process's transaction without keeping this one from answering. */
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

  /** SQLite may have done it by itself: of what was wrong then nobody would hear for a second error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.isInTransaction) await super.rollbackTransaction(connection)
  }
}

function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY
}

/** Kysely's dialect speaks better-sqlite3, which differs from `node:sqlite` in these three calls. */
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
    this.#inode = statSync(path).ino
    // From here on others' locks are waited for in `PatientDriver`.
    this.#timeout = BLOCKING_BUSY_TIMEOUT
    this.#file.exec(`pragma busy_timeout = ${BLOCKING_BUSY_TIMEOUT}`)
  }

  /**
   * Opens what stands at the path now, when it is another file than before: SQLite would go on writing
   * where nobody finds it. Its tables are brought up to date at the next start. Where it cannot be
   * opened, the next statement says so: Kysely would keep its lock on a connection that could not be
   * had.
   */
  reopenIfReplaced(): void {
    try {
      this.#openError = undefined
      const inode = statSync(this.#path).ino
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
    if (this.#isReadOnly) return file
    // WAL with FULL: a commit that was answered survives a power cut.
    file.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on')
    return file
  }
}
