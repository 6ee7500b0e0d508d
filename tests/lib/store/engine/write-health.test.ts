import { DatabaseSync } from 'node:sqlite'
import { open, stat } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openStore, type Store } from '#lib/store/index.ts'
import {
  makeMigratedPostgres,
  makeMigratedSqlite,
  makePostgres,
  type TestDatabase,
} from '#tests/support/stores.ts'

const vote = (store: Store) => store.setVote({ reader: crypto.randomUUID(), vote: 'up' })

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('the writes of a store in %s', (_, make) => {
  let place: TestDatabase
  let store: Store
  beforeEach(async () => {
    place = await make()
    store = await openStore(place.url)
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })

  test('are healthy, and nothing is written to see that', async () => {
    await vote(store)
    const before = await place.dump()
    await store.check()
    expect(await place.dump()).toEqual(before)
  })
})

test('writes that PostgreSQL has no room for are found out, and tried until one succeeds', async () => {
  const place = await makePostgres()
  const store = await openStore(place.url)
  await place.run(`
    create function fill() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '53100', message = 'No space left'; end $$;
    create trigger fill before insert on votes for each row execute function fill();
    create trigger fill before insert on secrets for each row execute function fill()`)
  await expect(store.check()).resolves.toBeUndefined()
  await expect(vote(store)).rejects.toThrow('No space left')
  await expect(store.check()).rejects.toThrow('No space left')
  await place.run('drop function fill cascade')
  const isReady = () =>
    store.check().then(
      () => true,
      () => false,
    )
  await expect.poll(isReady).toBe(true)
  expect(await place.count("secrets where name = 'probe'")).toBe(0)
  await store.close()
  await place.remove()
})

test('a file with damaged pages is not healthy, whatever other pages can be written', async () => {
  const place = await makeMigratedSqlite()
  const path = place.url.slice('file:'.length)
  const store = await openStore(place.url)
  await vote(store)
  const other = new DatabaseSync(path)
  const { rootpage } = other
    .prepare(`select rootpage from sqlite_schema where name = 'comments'`)
    .get() as { rootpage: number }
  other.exec('pragma wal_checkpoint(truncate)')
  const file = await open(path, 'r+')
  const size = 4096
  expect((await stat(path)).size % size).toBe(0)
  const start = (rootpage - 1) * size
  const { buffer: whole } = await file.read(Buffer.alloc(size), 0, size, start)
  await file.write(Buffer.alloc(size, 1), 0, size, start)
  // Another process's commit makes every page be read anew.
  other.exec('update tally set up = up')
  const comment = { reader: 'ann', networks: ['net'], key: 'k', name: 'Ann', text: 'Once' }
  await expect(store.addComment(comment)).rejects.toThrow()
  await vote(store)
  let turns = 0
  const counting = setInterval(() => turns++)
  await expect(store.check()).rejects.toThrow(/damaged|malformed/)
  clearInterval(counting)
  // The file is read beside the event loop, which serves others meanwhile.
  expect(turns).toBeGreaterThan(3)
  await expect(store.check()).rejects.toThrow(/damaged|malformed/)

  await file.write(whole, 0, size, start)
  await file.close()
  other.exec('update tally set up = up')
  other.close()
  // It is read again after a while.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 31_000)
  await expect(store.check()).resolves.toBeUndefined()
  clock.mockRestore()
  await store.close()
  await place.remove()
})
