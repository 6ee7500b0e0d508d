import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { migrations } from '#lib/store/engine/migrations.ts'

/** Copies all pages in one step: SQLite starts anew when another process writes between steps. */
const ALL_PAGES = 2 ** 31 - 1

/**
 * Copies a store while others write to it, and verifies the copy before it appears under its name.
 *
 * @param target path of the copy; without it, a name made of the time in `backups/` beside the store
 * @param suffix is added to that name
 * @returns the path of the copy
 * @throws when there is a file at that path, or the copy is damaged
 */
export async function backupSqlite(path: string, target?: string, suffix = ''): Promise<string> {
  const to = target ?? join(dirname(path), 'backups', `broadside-${fileTimestamp()}${suffix}.db`)
  if (existsSync(/*turbopackIgnore: true*/ to))
    throw new Error(`${to} already exists; give another file`)
  mkdirSync(dirname(to), { recursive: true })
  const unfinished = `${to}.unfinished`
  try {
    await copySqliteFile(path, unfinished)
    verifySqliteCopy(unfinished)
    renameSync(unfinished, to)
  } finally {
    rmSync(unfinished, { force: true })
  }
  return to
}

/** Returns the time as a part of file names, such as 20260226T101500123Z. */
export function fileTimestamp(): string {
  return new Date().toISOString().replace(/[-:.]/g, '')
}

/** Copies a SQLite database into one file, which is on the disk when this ends. */
export async function copySqliteFile(from: string, to: string): Promise<void> {
  const file = openSync(to, 'w')
  // The copy has the secrets of the site.
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
    // In the store's own mode, SQLite would put files beside the copy.
    copied.exec('pragma journal_mode = delete')
  } catch (cause) {
    throw notAStoreError(from, cause)
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
    throw notAStoreError(path, cause)
  }
}

function notAStoreError(path: string, cause: unknown): Error {
  return new Error(`${path} is not a Broadside database`, { cause })
}

/** @throws when the file is damaged, is no store, or was made by a newer version */
export function verifySqliteCopy(path: string): void {
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const [result] = file.prepare('pragma integrity_check').all()
    if (result?.integrity_check !== 'ok') throw new Error('the copy is damaged')
    if (!hasTable(file, 'kysely_migration') || !hasTable(file, 'tally'))
      throw new Error('the file is not a Broadside database')
    const known = Object.keys(migrations('sqlite'))
    const done = file.prepare('select name from kysely_migration').all()
    if (done.some(({ name }) => !known.includes(String(name))))
      throw new Error('the copy was made by a newer Broadside; use that version or a later one')
  } finally {
    file.close()
  }
}

/** Tells whether a SQLite database has a table. */
export function hasTable(file: DatabaseSync, name: string): boolean {
  const query = file.prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`)
  return query.get(name) !== undefined
}
