import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { replayErasures } from '#lib/store/erasure.ts'
import { migrations } from '#lib/store/migrations.ts'
import { openSqlite } from '#lib/store/sqlite.ts'

/** All pages at once: what is copied in steps begins anew whenever somebody writes. */
const ALL_PAGES = 2 ** 31 - 1

/**
 * Copies the store as it stands, while others write to it; the copy is checked before it appears.
 *
 * @returns where it is: at `target`, or in `backups/` beside the store under the time's name
 */
export async function backupSqlite(path: string, target?: string): Promise<string> {
  if (!existsSync(path)) throw new Error('there is no store yet: nothing to copy')
  const to = target ?? join(dirname(path), 'backups', `broadside-${stamp()}.db`)
  if (existsSync(to)) throw new Error(`${to} is there already; name another file`)
  mkdirSync(dirname(to), { recursive: true })
  const unfinished = `${to}.unfinished`
  try {
    await copy(path, unfinished)
    check(unfinished)
    renameSync(unfinished, to)
  } finally {
    rmSync(unfinished, { force: true })
  }
  return to
}

export type Restored = {
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
export async function restoreSqlite(path: string, source: string): Promise<Restored> {
  if (!existsSync(source)) throw new Error(`${source} is not there`)
  mkdirSync(dirname(path), { recursive: true })
  const next = `${path}.restoring`
  rmSync(next, { force: true })
  let current: DatabaseSync | undefined
  try {
    await copy(source, next)
    check(next)
    current = existsSync(path) ? takeAlone(path) : undefined
    const erased = await eraseIn(next, current ? readErasures(current) : [])
    const kept = current && `${path}.before-${stamp()}`
    // At no moment is there no store.
    if (kept) linkSync(path, kept)
    renameSync(next, path)
    return { kept, erased }
  } finally {
    current?.close()
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(next + end, { force: true })
  }
}

/** Such as 20260226T101500123Z. */
function stamp(): string {
  return new Date().toISOString().replace(/[-:.]/g, '')
}

/** In one file, which is on the disk when this ends. */
async function copy(from: string, to: string): Promise<void> {
  const file = openSync(to, 'w')
  // It holds the secrets of the site.
  chmodSync(to, 0o600)
  const source = openReadOnly(from)
  try {
    await backup(source, to, { rate: ALL_PAGES })
  } catch (cause) {
    throw new Error(`${from} cannot be copied: ${(cause as Error).message}`, { cause })
  } finally {
    source.close()
  }
  const copied = new DatabaseSync(to)
  try {
    // The store's own mode would put files beside it.
    copied.exec('pragma journal_mode = delete')
  } catch (cause) {
    throw notAStore(from, cause)
  } finally {
    copied.close()
  }
  fsyncSync(file)
  closeSync(file)
}

function openReadOnly(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true })
  } catch (cause) {
    throw notAStore(path, cause)
  }
}

function notAStore(path: string, cause: unknown): Error {
  return new Error(`${path} is no copy of a store of Broadside`, { cause })
}

/** @throws unless it is whole, a store, and one that this program knows */
function check(path: string): void {
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const [result] = file.prepare('pragma integrity_check').all()
    if (result?.integrity_check !== 'ok') throw new Error('the copy is damaged')
    if (!hasTable(file, 'kysely_migration') || !hasTable(file, 'tally'))
      throw new Error('the file is no copy of a store of Broadside')
    const known = Object.keys(migrations('sqlite'))
    const done = file.prepare('select name from kysely_migration').all()
    if (done.some(({ name }) => !known.includes(String(name))))
      throw new Error('the copy was made by a newer Broadside; use that one, or a newer one')
  } finally {
    file.close()
  }
}

function hasTable(file: DatabaseSync, name: string): boolean {
  const query = file.prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`)
  return query.get(name) !== undefined
}

/** The store, which nobody else can open until it is closed. */
function takeAlone(path: string): DatabaseSync {
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

async function eraseIn(path: string, erasures: Erasure[]): Promise<number> {
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
