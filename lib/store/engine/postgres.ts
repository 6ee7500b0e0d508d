import { Socket } from 'node:net'
import { Kysely, PostgresAdapter, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { findPending, migratePostgres } from '#lib/store/engine/migrate.ts'
import { isDisconnect, isConflict, withRetries } from '#lib/store/engine/retry.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { readTls, type TlsDefaults } from '#lib/store/engine/postgres-tls.ts'

/** Type id of 64-bit integers, which are read as numbers: counts and milliseconds are far below 2^53. */
const INT8 = 20

export type PostgresOptions = {
  /** Most connections of one process. */
  connections: number
  /** Milliseconds to wait for a connection. */
  connectTimeout: number
  /** Milliseconds that a statement may take; 0 for no limit. */
  statementTimeout: number
  tls: TlsDefaults
}

/** Connects and brings the tables up to date; of processes that start together, one does it. */
export async function openPostgres(
  url: string,
  options: PostgresOptions,
): Promise<Kysely<Database>> {
  const db = connectPostgres(url, options)
  try {
    await requireUtf8(db)
    if ((await findPending(db, 'postgres')).length > 0) await migrate(url, options)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/**
 * Checks that the database can hold every text.
 *
 * @throws when its encoding is another than UTF8
 */
export async function requireUtf8(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{
    encoding: string
  }>`select current_setting('server_encoding') as encoding`.execute(db)
  const { encoding } = rows[0]!
  if (encoding === 'UTF8') return
  throw new Error(
    `its encoding is ${encoding}, which cannot store every text; create another with "create database … encoding 'UTF8' template template0", and use that`,
  )
}

/** Migrates on a connection without a limit of time: millions of rows take longer than a statement may. */
async function migrate(url: string, options: PostgresOptions): Promise<void> {
  const db = connectPostgres(url, { ...options, connections: 1, statementTimeout: 0 })
  try {
    await migratePostgres(db)
  } finally {
    await db.destroy()
  }
}

/** Connects without touching the tables; the first connection is made when it is needed. */
export function connectPostgres(url: string, options: PostgresOptions): Kysely<Database> {
  const { connections: max, connectTimeout, statementTimeout, tls } = options
  const pool = new pg.Pool({
    ...parsePostgresUrl(url, tls),
    Client: TimeoutClient,
    max,
    connectionTimeoutMillis: connectTimeout,
    // The server's timeout ends the statement, the client's the wait for a server that is gone.
    ...(statementTimeout && {
      statement_timeout: statementTimeout,
      query_timeout: statementTimeout + 500,
    }),
    keepAlive: true,
    types: {
      getTypeParser: ((type: number, format?: 'text') =>
        type === INT8
          ? Number
          : pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A connection that breaks while idle is replaced at the next query, which reports what is wrong.
  pool.on('error', () => {})
  return new RetryingKysely({ dialect: new RowLockDialect({ pool }) })
}

/**
 * Parses an address into options of pg.
 *
 * @throws when it is malformed; the address, which may hold a password, is not repeated
 */
export function parsePostgresUrl(url: string, tls: TlsDefaults): ReturnType<typeof readTls> {
  const read = readTls(url, tls)
  try {
    new pg.Client(read)
    return read
  } catch (cause) {
    throw new Error(
      'the address cannot be read; in a user name or password write / as %2F, ? as %3F, # as %23, @ as %40 and % as %25; the port must be from 0 to 65535',
      { cause },
    )
  }
}

/** Closes a connection that did not answer in time, so that the pool makes a new one. */
class TimeoutClient extends pg.Client {
  readonly #socket: Socket

  constructor(config?: pg.ClientConfig) {
    const socket = new Socket()
    super({ ...config, stream: () => socket })
    this.#socket = socket
    // When a connection breaks between two statements of a transaction, the next one fails.
    this.on('error', () => {})
  }

  override query(...args: unknown[]): never {
    const result: unknown = super.query(...(args as [string]))
    if (result instanceof Promise)
      result.catch(({ message }: Error) => {
        if (message === 'Query read timeout') this.#socket.destroy()
      })
    return result as never
  }
}

/** Repeats every transaction that conflicted with another; transactions have to be safe to repeat. */
class RetryingKysely extends Kysely<Database> {
  override transaction(): ReturnType<Kysely<Database>['transaction']> {
    const builder = super.transaction()
    const once = builder.execute.bind(builder)
    builder.execute = <Result>(run: (transaction: Transaction<Database>) => Promise<Result>) => {
      let hasBegun = false
      const attempt = () =>
        once((transaction) => {
          hasBegun = true
          return run(transaction)
        })
      // A connection that the server has closed fails at the first statement or before.
      return withRetries(
        attempt,
        (error) => isConflict(error) || (!hasBegun && isDisconnect(error)),
      )
    }
    return builder
  }
}

/** Leaves out advisory locks, which only PostgreSQL itself has: `migratePostgres` locks a row. */
class RowLockDialect extends PostgresDialect {
  override createAdapter() {
    return new RowLockAdapter()
  }
}

class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock() {}
  override async releaseMigrationLock() {}
}
