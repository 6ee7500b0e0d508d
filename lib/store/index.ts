/** The door to the store for requests and pages. Commands also use `maintenance.ts`. */
import { log } from '#lib/logging/log.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { databaseUrl, engineOf, filePath } from '#lib/store/engine/database-url.ts'
import { openingError } from '#lib/store/engine/error-hints.ts'
import { openPostgres } from '#lib/store/engine/postgres.ts'
import { isUnencrypted } from '#lib/store/engine/postgres-tls.ts'
import { openSqlite } from '#lib/store/engine/sqlite.ts'
import { isUnavailable } from '#lib/store/engine/unavailable.ts'
import { deleteExpired } from '#lib/store/expire.ts'
import { createStore } from '#lib/store/create-store.ts'

export type { NewComment } from '#lib/store/comments/add.ts'
export type { CommentVersion } from '#lib/store/comments/changes.ts'
export type { Edited } from '#lib/store/comments/edit.ts'
export type { Position } from '#lib/store/comments/read.ts'
export { queuedWrites } from '#lib/store/engine/batch.ts'
export { describeOutage } from '#lib/store/engine/outage.ts'
export { isUnavailable, mayComeBack, OpeningError } from '#lib/store/engine/unavailable.ts'
export type { Decided } from '#lib/store/moderation/decisions.ts'
export type { PendingComment } from '#lib/store/moderation/pending-comments.ts'
export type { ImportReport } from '#lib/store/transfer/import-report.ts'
export type { ImportedRecord } from '#lib/store/transfer/import.ts'
export type { Delivery } from '#lib/store/webhook-queue.ts'

export type Store = ReturnType<typeof createStore>

/** Holds one store for each process: under `next start`, each of Next's bundles has this module. */
const shared = globalThis as { [key: symbol]: Promise<Store> | undefined }
const SHARED = Symbol.for('broadside.store')

/** Returns the process's store, opened at the first call. A failed opening is tried again at the next. */
export function getStore(): Promise<Store> {
  const open = shared[SHARED]
  if (open) return open
  const store = openStore()
  shared[SHARED] = store
  store.catch(() => {
    if (shared[SHARED] === store) shared[SHARED] = undefined
  })
  return store
}

/** Closes the process's store, if it was opened; the next `getStore` opens it anew. */
export async function closeStore(): Promise<void> {
  const store = shared[SHARED]
  shared[SHARED] = undefined
  await (await store?.catch(() => undefined))?.close()
}

/**
 * Opens a store, creates it when it does not exist, brings its tables up to date and deletes what has
 * expired.
 *
 * @param url `file:` and a path, or `postgres://…`; see `.env.example`
 * @param hasWebhook whether comments that need a decision are queued for the publisher's webhook
 * @throws {OpeningError} naming DATABASE_URL, with what is wrong and what to do, without the address
 */
export async function openStore(
  url = databaseUrl(),
  limits = getSettings().limits,
  hasWebhook = getSettings().webhook !== undefined,
  options = getSettings().postgres,
): Promise<Store> {
  const engine = engineOf(url)
  try {
    if (engine === 'postgres' && isUnencrypted(url, options.tls))
      log.warn(
        'DATABASE_URL connects to another machine without TLS: add ?sslmode=verify-full, or ?sslmode=disable if the network is your own',
      )
    const db = await (engine === 'postgres'
      ? openPostgres(url, options)
      : openSqlite(filePath(url), (copy) =>
          log.info(`The database is being updated; a copy from before is ${copy}`),
        ))
    // What can be read is shown while nothing can be written; it is tried again within minutes.
    await deleteExpired(db).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error
      log.error(error)
    })
    return createStore({ db, engine, limits, hasWebhook })
  } catch (cause) {
    throw openingError(engine, cause)
  }
}
