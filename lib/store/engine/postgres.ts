import { Socket } from 'node:net'
import { Kysely, PostgresAdapter, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { migratePostgres } from '#lib/store/engine/migrate.ts'
import { isDisconnect, isConflict, withRetries } from '#lib/store/engine/retry.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { readTls, type TlsDefaults } from '#lib/store/engine/postgres-tls.ts'

/** 64-bit integers as numbers: counts and milliseconds stay far below 2^53. */
const INT8 = 20

export type PostgresOptions = {
  /** How many connections one process has at most. */
  connections: number
  /** How long to wait for a connection, in milliseconds. */
  connectTimeout: number
  /** How long a statement may take, in milliseconds; without a limit, 0. */
  statementTimeout: number
  tls: TlsDefaults
}

/** Connects and brings the tables up to date; processes that start together wait for one another. */
export async function openPostgres(
  url: string,
  options: PostgresOptions,
): Promise<Kysely<Database>> {
  // Tables of millions of rows take their time to be changed.
  const patient = connectPostgres(url, { ...options, connections: 1, statementTimeout: 0 })
  try {
    await migratePostgres(patient)
  } finally {
    await patient.destroy()
  }
  return connectPostgres(url, options)
}

/** As the tables are; the first connection is made when it is needed. */
export function connectPostgres(url: string, options: PostgresOptions): Kysely<Database> {
  const { connections: max, connectTimeout, statementTimeout, tls } = options
  const pool = new pg.Pool({
    ...parsePostgresUrl(url, tls),
    Client: TimeoutClient,
    max,
    connectionTimeoutMillis: connectTimeout,
    // The server's limit ends the statement, ours the wait for a server that is gone.
    ...(statementTimeout && {
      statement_timeout: statementTimeout,
      query_timeout: statementTimeout + 1_000,
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
 * What the address says, as pg has it.
 *
 * @throws what is wrong with it, as far as that can be told before it is used
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

/** A connection that has left a statement without an answer is closed: the pool takes a new one. */
class TimeoutClient extends pg.Client {
  readonly #socket: Socket

  constructor(config?: pg.ClientConfig) {
    const socket = new Socket()
    super({ ...config, stream: () => socket })
    this.#socket = socket
    // One that breaks between two statements of a transaction tells the next one.
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

/** Every transaction is tried again that another was in the way of, and so must be safe to repeat. */
class RetryingKysely extends Kysely<Database> {
  override transaction(): ReturnType<Kysely<Database>['transaction']> {
    const builder = super.transaction()
    const once = builder.execute.bind(builder)
    builder.execute = <Result>(run: (transaction: Transaction<Database>) => Promise<Result>) => {
      let begun = false
      const attempt = () =>
        once((transaction) => {
          begun = true
          return run(transaction)
        })
      // A connection that the server has closed is noticed at the first word, or before.
      return withRetries(attempt, (error) => isConflict(error) || (!begun && isDisconnect(error)))
    }
    return builder
  }
}

class RowLockDialect extends PostgresDialect {
  override createAdapter() {
    return new RowLockAdapter()
  }
}

/** Advisory locks are PostgreSQL's alone: `migratePostgres` locks a row. */
class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock() {}
  override async releaseMigrationLock() {}
}
