import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { openStore } from '#lib/store/index.ts'
import { openSqlite } from '#lib/store/engine/sqlite.ts'
import { dataContract } from '#tests/lib/store/data-contract.ts'
import { storeContract } from '#tests/lib/store/contract.ts'
import { conversationContract } from '#tests/lib/store/conversation.ts'
import { type TestDatabase, makeSqlite, makeMigratedSqlite } from '#tests/support/stores.ts'

storeContract('SQLite', makeMigratedSqlite, makeSqlite)
conversationContract('SQLite', makeMigratedSqlite)
dataContract('SQLite', makeMigratedSqlite)

let place: TestDatabase
beforeEach(async () => {
  place = await makeSqlite()
})
afterEach(() => place.remove())

test('the file is in WAL mode and every table is strict', async () => {
  await (await openStore(place.url)).close()
  const file = new DatabaseSync(place.url.slice('file:'.length))
  expect(file.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
  const tables = file
    .prepare(`select name, strict from pragma_table_list where schema = 'main'`)
    .all()
    .filter(({ name }) => !/^(sqlite|kysely)_/.test(String(name)))
  expect(tables.map(({ name }) => name).sort()).toEqual([
    'acts',
    'bans',
    'comments',
    'deliveries',
    'desk',
    'erasures',
    'quotas',
    'reports',
    'secrets',
    'sessions',
    'tally',
    'viewers',
    'votes',
  ])
  expect(tables.every(({ strict }) => strict === 1)).toBe(true)
  file.close()
})

test('the file and what stands beside it are for their owner alone', async () => {
  const folder = join(place.url.slice('file:'.length), '..', 'new')
  const store = await openStore(`file:${folder}/broadside.db`)
  await store.setVote({ reader: 'ann', vote: 'up' })
  const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)
  expect(modes).toEqual([0o600, 0o600, 0o600])
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  await store.close()
})

test('a file URL with slashes names the same file as a path', async () => {
  const store = await openStore(place.url)
  await store.setVote({ reader: 'ann', vote: 'up' })
  await store.close()
  const again = await openStore(place.url.replace('file:', 'file://'))
  expect((await again.readTally()).up).toBe(1)
  await again.close()
})

test('every commit is synced, foreign keys are held, and what is deleted is overwritten', async () => {
  const db = await openSqlite(place.url.slice('file:'.length))
  const pragma = async (name: string) => {
    const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)
    return Object.values(rows[0]!)[0]
  }
  // https://sqlite.org/pragma.html#pragma_synchronous: 2 is FULL
  expect(await pragma('synchronous')).toBe(2)
  expect(await pragma('foreign_keys')).toBe(1)
  expect(await pragma('secure_delete')).toBe(1)
  expect(await pragma('busy_timeout')).toBeGreaterThan(0)
  await db.destroy()
})

test('what made SQLite take a transaction back by itself is told, as that the disk is full', async () => {
  const store = await openStore(place.url)
  await place.run(
    `create trigger full before insert on votes begin select raise(rollback, 'it is full'); end`,
  )
  const vote = { reader: 'ann', vote: 'up' } as const
  await expect(store.setVote(vote)).rejects.toThrow('it is full')
  await place.run('drop trigger full')
  expect(await store.setVote(vote)).toMatchObject({ up: 1 })
  await store.close()
})
