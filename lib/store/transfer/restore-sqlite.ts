import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  verifySqliteCopy,
  copySqliteFile,
  hasTable,
  fileTimestamp,
} from '#lib/store/engine/backup-sqlite.ts'
import { replayErasures } from '#lib/store/comments/erase.ts'
import { requireOwnSchema } from '#lib/store/engine/own-schema.ts'
import { openSqlite } from '#lib/store/engine/sqlite.ts'

export type RestoreReport = {
  /** New path of the store that was replaced, if there was one. */
  kept: string | undefined
  /** Number of readers who were erased after the copy was made, and now in it too. */
  erased: number
}

/**
 * Replaces a store by a verified copy; readers who were erased from the store are erased from the copy.
 *
 * @throws when `source` is no copy of a store or of a newer version, has tables, views or triggers that
 *   are not Broadside's, or a process has the store open
 */
export async function restoreSqlite(path: string, source: string): Promise<RestoreReport> {
  if (!existsSync(source)) throw new Error(`${source} does not exist`)
  mkdirSync(dirname(path), { recursive: true })
  const next = `${path}.restoring`
  rmSync(next, { force: true })
  let current: DatabaseSync | undefined
  try {
    await copySqliteFile(source, next)
    verifySqliteCopy(next)
    await requireOwnSchema(next)
    current = existsSync(path) ? lockForRestore(path) : undefined
    const erased = await replayErasuresIn(next, current ? readErasures(current) : [])
    const kept = current && `${path}.before-${fileTimestamp()}`
    // A link and a rename, so that there is a store at every moment.
    if (kept) linkSync(path, kept)
    renameSync(next, path)
    return { kept, erased }
  } finally {
    current?.close()
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(next + end, { force: true })
  }
}

/** Opens the store so that no other process can open it before it is closed. */
function lockForRestore(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    // SQLite leaves WAL mode only for a process that is alone.
    file.exec('pragma locking_mode = exclusive; pragma journal_mode = delete; begin exclusive')
    return file
  } catch (cause) {
    file.close()
    const SQLITE_BUSY = 5
    if ((cause as { errcode?: number }).errcode === SQLITE_BUSY)
      throw new Error('the database is in use; stop the site, then restore again', { cause })
    throw unreadable(cause)
  }
}

function readErasures(file: DatabaseSync): Erasure[] {
  try {
    if (!hasTable(file, 'erasures')) return []
    return file.prepare('select reader_hash, erased_at from erasures').all() as Erasure[]
  } catch (cause) {
    throw unreadable(cause)
  }
}

type Erasure = { reader_hash: string; erased_at: number }

function unreadable(cause: unknown): Error {
  return new Error(
    'the current database cannot be read, so readers erased from it would come back; to restore all the same, move it away',
    { cause },
  )
}

async function replayErasuresIn(path: string, erasures: Erasure[]): Promise<number> {
  const db = await openSqlite(path)
  try {
    return await db.transaction().execute(async (transaction) => {
      for (const erasure of erasures)
        await transaction
          .insertInto('erasures')
          .values(erasure)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      // Moderators may have signed out since, and queued messages have been delivered.
      await transaction.deleteFrom('sessions').execute()
      await transaction.deleteFrom('deliveries').execute()
      return replayErasures(transaction)
    })
  } finally {
    await db.destroy()
  }
}
