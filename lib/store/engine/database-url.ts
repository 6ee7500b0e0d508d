import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parsePostgresUrl } from '#lib/store/engine/postgres.ts'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Address of the store where DATABASE_URL is not set or empty. */
export const DEFAULT_URL = 'file:data/broadside.db'

/** Describes the store's environment variable for `.env.example`; `storeProblems` checks its value. */
export const STORE_VARIABLES = {
  DATABASE_URL: z
    .string()
    .describe(
      'The database for votes and comments: file: with the path of a SQLite file, which is created at the first start, or a PostgreSQL address such as\n' +
        '  postgres://user:password@localhost:5432/broadside?sslmode=verify-full\n' +
        'sslmode=verify-full (or require, which means the same) encrypts the connection and checks the server’s certificate; &sslrootcert=FILE names your own authority. verify-ca does not check the host name, no-verify checks nothing, disable turns encryption off.',
    )
    .prefault(DEFAULT_URL),
}

/** Returns the address of the store: DATABASE_URL, or the default. */
export function databaseUrl(): string {
  return process.env.DATABASE_URL || DEFAULT_URL
}

/**
 * Returns the path of the SQLite file that DATABASE_URL names.
 *
 * @throws when it names a PostgreSQL database, which has backup tools of its own
 */
export function sqlitePath(): string {
  const url = databaseUrl()
  if (engineOf(url) === 'sqlite') return filePath(url)
  throw new Error('the data is in PostgreSQL: use pg_dump and pg_restore')
}

/**
 * Tells the database engine of an address by its scheme.
 *
 * @throws when it is neither `postgres://…` nor `file:` with a path; the address is not repeated
 */
export function engineOf(url: string): Engine {
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres'
  if (url.startsWith('file:') && hasPath(url)) return 'sqlite'
  throw new Error('DATABASE_URL must be file: with a path, or postgres:// with a server')
}

function hasPath(url: string): boolean {
  try {
    return filePath(url) !== ''
  } catch {
    return false
  }
}

/** Returns the path in a `file:` address, which may be relative: `file:data/broadside.db`. */
export function filePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

/** Lists what is wrong with the address of the store, one sentence each; connects to nothing. */
export function storeProblems(): string[] {
  const { PGSSLMODE: mode, PGSSLROOTCERT: rootCertificate } = process.env
  try {
    const url = databaseUrl()
    if (engineOf(url) === 'postgres') parsePostgresUrl(url, { mode, rootCertificate })
    return []
  } catch (error) {
    const { message } = error as Error
    return [message.startsWith('DATABASE_URL') ? message : `DATABASE_URL: ${message}`]
  }
}
