import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openStore, type Store } from '#lib/store/index.ts'
import {
  makeMigratedPostgres,
  type TestDatabase,
  makeMigratedSqlite,
} from '#tests/support/stores.ts'

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('what waits on %s', (_, makePlace) => {
  let place: TestDatabase
  let store: Store
  let now = Date.now()
  beforeEach(async () => {
    place = await makePlace()
    store = await openStore(place.url)
  })
  afterEach(async () => {
    vi.useRealTimers()
    await store.close()
    await place.remove()
  })
  const later = () => vi.useFakeTimers({ toFake: ['Date'], now: (now += 1_000) })
  const write = async (holdReason?: string) => {
    later()
    const comment = { reader: 'ann', networks: ['net'], name: 'Ann', text: 'Hello', holdReason }
    const added = await store.addComment({ ...comment, key: randomUUID() })
    if ('comment' in added) return added.comment.id
    throw new Error('the comment was not added')
  }
  const report = async (comment: string, reader: string, reason: string) => {
    later()
    await store.addReport({ comment, reader, reason, note: '' })
    return now
  }

  test('nothing waits at first, nor what is shown to all', async () => {
    await write()
    expect(await store.readPending(10)).toEqual([])
  })

  test('what is held or reported waits, the last to do so first', async () => {
    const [reported, held, edited] = [await write(), await write('links'), await write()]
    later()
    await store.editComment({ id: edited, reader: 'ann', text: 'Bad', holdReason: 'word' })
    await report(reported, 'ben', 'spam')
    await report(reported, 'cem', 'abuse')
    const time = await report(reported, 'dan', 'spam')
    expect(await store.readPending(10)).toMatchObject([
      { id: reported, holdReason: null, reportReasons: ['abuse', 'spam'], pendingSince: time },
      { id: edited, holdReason: 'word', reportReasons: [], text: 'Bad' },
      { id: held, holdReason: 'links', reportReasons: [], name: 'Ann' },
    ])
    expect(await store.readPending(1)).toMatchObject([{ id: reported }])
  })

  test('what is decided waits no more', async () => {
    const [held, reported] = [await write('links'), await write()]
    await report(reported, 'ben', 'spam')
    await store.setStatus(held, 'published')
    await store.setStatus(reported, 'refused')
    expect(await store.readPending(10)).toEqual([])
  })
})
