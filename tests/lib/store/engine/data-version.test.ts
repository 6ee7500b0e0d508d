import { copyFile, rename } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '#lib/store/index.ts'
import {
  makeMigratedPostgres,
  makeMigratedSqlite,
  type TestDatabase,
} from '#tests/support/stores.ts'

const COMMENT = { reader: 'ann', networks: ['net'], key: 'k', name: 'Ann', text: 'Once' }

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('the version of a store in %s', (_, make) => {
  let place: TestDatabase
  let store: Store
  let other: Store
  beforeEach(async () => {
    place = await make()
    store = await openStore(place.url)
    other = await openStore(place.url)
  })
  afterEach(async () => {
    await Promise.all([store.close(), other.close()])
    await place.remove()
  })

  test('stays while nothing is written', async () => {
    // Other databases of the same PostgreSQL may be written to meanwhile.
    const isSame = async () => {
      const version = await store.readVersion()
      await store.readComments()
      await other.readComments()
      return version === (await store.readVersion())
    }
    await expect.poll(isSame).toBe(true)
  })

  test('is another after every write, by this process or another', async () => {
    const seen = [await store.readVersion()]
    const see = async (write: (by: Store) => Promise<unknown>) => {
      for (const by of [store, other]) {
        await write(by)
        seen.push(await store.readVersion())
      }
    }
    let reader = 0
    await see((by) => by.setVote({ reader: `reader ${++reader}`, vote: 'up' }))
    await see((by) => by.addComment({ ...COMMENT, reader: `writer ${++reader}`, key: `${reader}` }))
    await see((by) => by.setCommentState(by === store ? 'held' : 'closed', 'Mo'))
    await see((by) => by.changeHeldWords({ add: [by === store ? 'one' : 'two'], remove: [] }, 'Mo'))
    const ids = (await store.readComments())!.comments.map(({ id }) => id)
    await see((by) => by.setStatus(ids[by === store ? 0 : 1]!, 'refused'))
    await see((by) => by.eraseReader(`writer ${reader - (by === store ? 0 : 1)}`))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('is another when writes come together with readings', async () => {
    for (let round = 0; round < 20; round++) {
      const before = await store.readVersion()
      const vote = other.setVote({ reader: `reader ${round}`, vote: 'up' })
      const between = store.readVersion()
      await vote
      await between
      expect(await store.readVersion()).not.toBe(before)
    }
  })
})

test('a SQLite file that replaces another has another version', async () => {
  const place = await makeMigratedSqlite()
  const path = place.url.slice('file:'.length)
  const store = await openStore(place.url)
  const before = await store.readVersion()
  await copyFile(path, `${path}.copy`)
  await rename(`${path}.copy`, path)
  expect(await store.readVersion()).not.toBe(before)
  await store.close()
  await place.remove()
})
