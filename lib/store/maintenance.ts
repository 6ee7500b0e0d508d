/** The door to the store for commands: backups, copies and diagnosis. Requests use `index.ts`. */
import { existsSync } from 'node:fs'
import { getSettings } from '#lib/settings/settings.ts'
import { backupSqlite } from '#lib/store/engine/backup-sqlite.ts'
import {
  databaseUrl,
  DEFAULT_URL,
  engineOf,
  filePath,
  sqlitePath,
} from '#lib/store/engine/database-url.ts'
import {
  describePostgres,
  describeSqlite,
  isPostgresStore,
  isSqliteStore,
  type StoreDescription,
} from '#lib/store/engine/describe.ts'
import { openingError, reasonOf } from '#lib/store/engine/error-hints.ts'
import { findPending } from '#lib/store/engine/migrate.ts'
import { connectPostgres, openPostgres, type PostgresOptions } from '#lib/store/engine/postgres.ts'
import { openSqlite, openSqliteReadOnly } from '#lib/store/engine/sqlite.ts'
import { type CopyReport, copyRows, type CopySide } from '#lib/store/transfer/copy.ts'
import { type RestoreReport, restoreSqlite } from '#lib/store/transfer/restore-sqlite.ts'

export { STORE_VARIABLES, storeProblems } from '#lib/store/engine/database-url.ts'
export type { StoreDescription } from '#lib/store/engine/describe.ts'
export type { CopyReport as Copied } from '#lib/store/transfer/copy.ts'

/**
 * Refuses to go on without an existing store. `openStore` creates one at a mistyped address, and the
 * command would seem to have done what was asked.
 *
 * @throws when DATABASE_URL names no store, or one that cannot be opened
 */
export async function requireStore(): Promise<void> {
  const url = databaseUrl()
  const engine = engineOf(url)
  const isThere = await (
    engine === 'postgres'
      ? isPostgresStore(url, getSettings().postgres)
      : isSqliteStore(filePath(url))
  ).catch((cause) => Promise.reject(openingError(engine, cause)))
  if (!isThere)
    throw new Error(
      `DATABASE_URL: there is no database at that address (${DEFAULT_URL} if it is not set); check it, or start the site once to create one`,
    )
}

/**
 * Copies the SQLite store while it is in use.
 *
 * @returns the path of the copy: `target`, or one in `backups/` beside the store
 */
export async function backupStore(target?: string): Promise<string> {
  const path = sqlitePath()
  await requireStore()
  return backupSqlite(path, target)
}

/**
 * Replaces the SQLite store by a copy of it.
 *
 * @throws when a process has the store open, and when `source` is no copy that this version can read
 */
export async function restoreStore(source: string): Promise<RestoreReport> {
  return restoreSqlite(sqlitePath(), source)
}

/**
 * Copies every row of a store, which is only read, to an empty one, of either engine.
 *
 * @param from the address of the source, in the form of DATABASE_URL
 * @param to the address of the target
 * @throws an error that begins with `--from:` or `--to:`, the side that it happened on
 */
export async function copyStore(
  from: string,
  to: string,
  options = getSettings().postgres,
): Promise<CopyReport> {
  // Reading a whole table takes longer than a reader would wait.
  const unlimited = { ...options, statementTimeout: 0 }
  const sides: CopySide[] = []
  try {
    const source = await withOptionName('--from', () => openSource(from, unlimited))
    sides.push(source)
    const target = await withOptionName('--to', () => openTarget(to, unlimited))
    sides.push(target)
    return await withOptionName('--to', () => copyRows(source, target))
  } finally {
    await Promise.all(sides.map(({ db }) => db.destroy()))
  }
}

async function openSource(url: string, options: PostgresOptions): Promise<CopySide> {
  const engine = engineOf(url)
  if (engine === 'sqlite' && !existsSync(filePath(url))) throw new Error('the file does not exist')
  const db =
    engine === 'postgres' ? connectPostgres(url, options) : openSqliteReadOnly(filePath(url))
  try {
    const pending = await findPending(db, engine)
    if (pending.length > 0)
      throw new Error('it is not a database of this version; start the site on it once first')
    return { db, engine }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function openTarget(url: string, options: PostgresOptions): Promise<CopySide> {
  const engine = engineOf(url)
  const open = engine === 'postgres' ? openPostgres(url, options) : openSqlite(filePath(url))
  return { db: await open, engine }
}

/** Names the option that an error is about in place of the address, which may hold a password. */
async function withOptionName<Result>(option: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (cause) {
    const reason = reasonOf(cause).replace(/^DATABASE_URL/, 'the address')
    throw new Error(`${option}: ${reason}`, { cause })
  }
}

/**
 * Describes the store that DATABASE_URL names, without changing or creating anything.
 *
 * @param secretName the name of the secret to include, when it has been created
 * @throws when the store cannot be read or written
 */
export async function describeStore(secretName: string): Promise<StoreDescription> {
  const url = databaseUrl()
  const engine = engineOf(url)
  try {
    return engine === 'postgres'
      ? await describePostgres(url, getSettings().postgres, secretName)
      : await describeSqlite(filePath(url), secretName)
  } catch (cause) {
    throw openingError(engine, cause)
  }
}
