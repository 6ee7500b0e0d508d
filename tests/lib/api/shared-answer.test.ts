// Tests lib/api/shared-answer.ts, and the routes that share their answers
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as listComments, POST as postComment } from '#app/api/comments/route.ts'
import { GET as readFeed } from '#app/comments.atom/route.ts'
import { GET as readModerationFeed } from '#app/moderation.atom/route.ts'
import { sharedAnswer } from '#lib/api/shared-answer.ts'
import { closeStore, getStore, openStore } from '#lib/store/index.ts'
import { get, postJson } from '#tests/support/handlers.ts'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { makeMigratedSqlite, makePostgres, type TestDatabase } from '#tests/support/stores.ts'

const SECRET = 'a secret of the feed for moderators'
// Settings are read once.
process.env.FEED_SECRET = SECRET
const ROUTES = [
  ['the feed', () => readFeed(get('/comments.atom'))],
  ['the list', () => listComments(get('/api/comments?sort=best'))],
  ['the feed for moderators', () => readModerationFeed(get(`/moderation.atom?key=${SECRET}`))],
] as const

// A version is that of a whole PostgreSQL: other tests would change it, and so would its own housekeeping.
let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  postgres = await startPostgres('fsync=off', 'autovacuum=off')
})
afterAll(() => postgres.remove())

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', () => makePostgres(postgres.url)],
])('with a store in %s', (_, make) => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await make()
    vi.stubEnv('DATABASE_URL', place.url)
  })
  afterEach(async () => {
    await closeStore()
    vi.unstubAllEnvs()
    await place.remove()
  })

  const expectOnce = async (ask: () => Promise<Set<string>>, count: () => number) => {
    const askOften = async () => {
      const before = count()
      expect((await ask()).size).toBe(1)
      return count() - before
    }
    expect(await askOften()).toBeLessThan(10)
    await expect.poll(askOften).toBe(0)
  }

  test('an answer is made once for all who ask for it', async () => {
    const make = vi.fn(async () => 'text')
    const ask = () => Promise.all(Array.from({ length: 50 }, () => sharedAnswer('a', make)))
    await expectOnce(
      async () => new Set((await ask()).map(String)),
      () => make.mock.calls.length,
    )
    expect(String(await sharedAnswer('b', async () => 'another'))).toBe('another')
  })

  test.each(ROUTES)(
    '%s is read from the store once, and a change is seen at once',
    async (_, ask) => {
      const store = await getStore()
      const reads = [
        vi.spyOn(store, 'readNewest'),
        vi.spyOn(store, 'readComments'),
        vi.spyOn(store, 'readPending'),
      ]
      const asked = () => Promise.all(Array.from({ length: 20 }, async () => (await ask()).text()))
      await expectOnce(
        async () => new Set(await asked()),
        () => reads.reduce((calls, { mock }) => calls + mock.calls.length, 0),
      )

      const held = { name: 'Ann', text: 'Just written', key: crypto.randomUUID(), topic: '' }
      expect((await postComment(postJson('/api/comments', held))).status).toBe(201)
      const { id } = (await store.readComments())!.comments[0]!
      await store.addReport({ comment: id, reason: 'spam', note: '', reader: 'bea' })
      expect(await (await ask()).text()).toContain('Just written')

      // Another process.
      const other = await openStore(place.url)
      await other.eraseReader((await other.readerOf(id))!)
      await other.close()
      expect(await (await ask()).text()).not.toContain('Just written')
    },
  )

  test('an answer that cannot be made is tried again', async () => {
    const make = vi.fn(async () => 'text').mockRejectedValueOnce(new Error('not now'))
    await expect(sharedAnswer('a', make)).rejects.toThrow('not now')
    expect(String(await sharedAnswer('a', make))).toBe('text')
  })

  test('answers of many names are forgotten, the last ones last', async () => {
    const make = vi.fn(async () => 'text')
    for (let name = 0; name < 65; name++) await sharedAnswer(`${name}`, make)
    await sharedAnswer('1', make)
    expect(make).toHaveBeenCalledTimes(65)
    await sharedAnswer('0', make)
    expect(make).toHaveBeenCalledTimes(66)
  })
})
