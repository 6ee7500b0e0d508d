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
import { openSqlite } from '#lib/store/engine/sqlite.ts'

export type RestoreReport = {
  /** Where the store is now that was there before. */
  kept: string | undefined
  /** How many readers, erased since the copy was made, were erased from it. */
  erased: number
}

/**
 * Puts a copy in the store's place, after checks; what was erased in the store is erased in the copy.
 *
 * @throws when the copy is none, or newer than this program; and while a process has the store open
 */
export async function restoreSqlite(path: string, source: string): Promise<RestoreReport> {
  if (!existsSync(source)) throw new Error(`${source} is not there`)
  mkdirSync(dirname(path), { recursive: true })
  const next = `${path}.restoring`
  rmSync(next, { force: true })
  let current: DatabaseSync | undefined
  try {
    await copySqliteFile(source, next)
    verifySqliteCopy(next)
    current = existsSync(path) ? lockForRestore(path) : undefined
    const erased = await replayErasuresIn(next, current ? readErasures(current) : [])
    const kept = current && `${path}.before-${fileTimestamp()}`
    // At no moment is there no store.
    if (kept) linkSync(path, kept)
    renameSync(next, path)
    return { kept, erased }
  } finally {
    current?.close()
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(next + end, { force: true })
  }
}

/** The store, which nobody else can open until it is closed. */
function lockForRestore(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    // Only who is alone may leave this mode.
    file.exec('pragma locking_mode = exclusive; pragma journal_mode = delete; begin exclusive')
    return file
  } catch (cause) {
    file.close()
    const SQLITE_BUSY = 5
    if ((cause as { errcode?: number }).errcode === SQLITE_BUSY)
      throw new Error('the store is in use; stop every server on it, then restore', { cause })
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
    'the store that is there cannot be read, nor who was erased from it; to restore without, move it away',
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
      // Who was signed in then may have signed out since, and what waited has been told.
      await transaction.deleteFrom('sessions').execute()
      await transaction.deleteFrom('deliveries').execute()
      return replayErasures(transaction)
    })
  } finally {
    await db.destroy()
  }
}
