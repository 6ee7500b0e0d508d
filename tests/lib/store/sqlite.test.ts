import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'
import { storeContract } from '#tests/lib/store/contract.ts'
import { type Place, sqlitePlace } from '#tests/stores.ts'

storeContract('SQLite', sqlitePlace)

let place: Place
beforeEach(async () => {
  place = await sqlitePlace()
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
    'comments',
    'secrets',
    'tally',
    'viewers',
    'votes',
  ])
  expect(tables.every(({ strict }) => strict === 1)).toBe(true)
  file.close()
})

test('a file URL with slashes names the same file as a path', async () => {
  const store = await openStore(place.url)
  await store.setVote('ann', 'up')
  await store.close()
  const again = await openStore(place.url.replace('file:', 'file://'))
  expect((await again.readTally()).up).toBe(1)
  await again.close()
})
