// Tests lib/server/webhook.ts, lib/store/webhook-queue.ts
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { getSettings } from '#lib/settings/settings.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { runWebhook } from '#lib/server/webhook.ts'
import { isSigned, startReceiver } from '#tests/support/receiver.ts'
import { OWN_PAGE, startSite } from '#tests/support/start-site.ts'
import {
  makeMigratedPostgres,
  type TestDatabase,
  makeMigratedSqlite,
} from '#tests/support/stores.ts'

const SECRET = 'a secret of the publisher'
/** It is looked for a message once a second; the rest is for a machine that is busy. */
const TOLD = { timeout: 15_000 }
/** Room for two pauses, and less than the 30 s after which what a stopped server left is free anyway. */
const DONE = { timeout: 20_000 }
type Receiver = Awaited<ReturnType<typeof startReceiver>>

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('a webhook on %s', (_, makePlace) => {
  let place: TestDatabase
  let store: Store
  let receiver: Receiver
  let stops: (() => Promise<void>)[]
  const open = () => openStore(place.url, getSettings().limits, true)
  const run = (by = store) => {
    const webhook = { url: receiver.url, secret: SECRET }
    const stop = runWebhook(webhook, 'https://example.org/moderation', async () => by)
    stops.push(stop)
    return stop
  }
  beforeEach(async () => {
    stops = []
    place = await makePlace()
    store = await open()
  })
  afterEach(async () => {
    vi.useRealTimers()
    await Promise.all(stops.map((stop) => stop()))
    await store.close()
    await receiver.stop()
    await place.remove()
  })
  const write = async (holdReason?: string) => {
    const comment = { reader: 'ann', networks: ['net'], name: 'Ann', text: 'Buy this', holdReason }
    const added = await store.addComment({ ...comment, key: randomUUID() })
    if ('comment' in added) return added.comment
    throw new Error('the comment was not added')
  }
  const report = (comment: string, reader: string) =>
    store.addReport({ comment, reader, reason: 'spam', note: 'My own words' })
  const heard = () => receiver.messages.map(({ body }) => JSON.parse(body))
  const isDone = () => expect.poll(() => place.count('deliveries'), DONE).toBe(0)

  test('is told of a comment that waits, signed, and without a reader’s words', async () => {
    receiver = await startReceiver()
    await write()
    const { id, createdAt } = await write('links')
    run()
    await isDone()
    expect(heard()).toEqual([
      {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        kind: 'comment.held',
        comment: {
          id,
          createdAt,
          reason: 'links',
          url: `https://example.org/moderation/comment?id=${id}`,
        },
      },
    ])
    const [message] = receiver.messages
    expect(isSigned(message!, SECRET)).toBe(true)
    expect(isSigned(message!, 'another secret')).toBe(false)
    expect(isSigned({ ...message!, body: `${message!.body} ` }, SECRET)).toBe(false)
    expect(message!.body).not.toMatch(/Ann|ann|Buy/)
  })

  test('is told when an edit makes a comment wait, and once', async () => {
    receiver = await startReceiver()
    const { id } = await write()
    for (const text of ['Edited', 'Edited again'])
      await store.editComment({ id, reader: 'ann', text, holdReason: 'word' })
    run()
    await isDone()
    expect(heard()).toMatchObject([{ kind: 'comment.held', comment: { id, reason: 'word' } }])
  })

  test('is told of a comment’s first report, not of each', async () => {
    receiver = await startReceiver()
    const { id } = await write()
    await Promise.all(['ben', 'cem', 'dan'].map((reader) => report(id, reader)))
    run()
    await isDone()
    await report(id, 'eve')
    expect(await place.count('deliveries')).toBe(0)
    expect(heard()).toMatchObject([{ kind: 'comment.reported', comment: { id, reason: 'spam' } }])
    expect(receiver.messages[0]!.body).not.toContain('My own words')
  })

  test('that fails or leads elsewhere is told again, later each time', async () => {
    receiver = await startReceiver(500, 302)
    await write('links')
    run()
    await isDone()
    expect(new Set(heard().map(({ id }) => id)).size).toBe(1)
    expect(receiver.messages).toHaveLength(3)
    expect(receiver.messages.every((message) => isSigned(message, SECRET))).toBe(true)
  })

  test('is told of each by one of two servers', async () => {
    receiver = await startReceiver()
    for (let i = 0; i < 40; i++) await write('links')
    const other = await open()
    run()
    run(other)
    await isDone()
    expect(receiver.messages).toHaveLength(40)
    expect(new Set(heard().map(({ comment }) => comment.id)).size).toBe(40)
    await stops[1]!()
    await other.close()
  })

  test('that does not answer for a day is told no more', async () => {
    receiver = await startReceiver(...Array<number>(10).fill(503))
    await write('links')
    const stop = run()
    await expect.poll(() => receiver.messages.length, TOLD).toBe(1)
    await stop()
    expect(await place.count('deliveries')).toBe(1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 60 * 60 * 1_000 })
    run()
    await isDone()
    expect(receiver.messages).toHaveLength(2)
  })

  test('that is stopped while it waits for an answer goes on at the next start', async () => {
    receiver = await startReceiver(0)
    await write('links')
    const stop = run()
    await expect.poll(() => receiver.messages.length, TOLD).toBe(1)
    await stop()
    run()
    await isDone()
    expect(receiver.messages).toHaveLength(2)
  })

  test('keeps nothing where no webhook is set', async () => {
    receiver = await startReceiver()
    await store.close()
    store = await openStore(place.url, getSettings().limits, false)
    const { id } = await write()
    await write('links')
    await report(id, 'ben')
    expect(await place.count('deliveries')).toBe(0)
  })
})

test('a server tells its webhook, and a post is answered while that hangs', async () => {
  const place = await makeMigratedSqlite()
  const receiver = await startReceiver(0)
  const settings = { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: SECRET, COMMENT_LINKS: '0' }
  const site = await startSite(place.url, settings)
  const post = async (text: string) => {
    const response = await fetch(`${site.origin}/api/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OWN_PAGE },
      body: JSON.stringify({ name: 'Ann', text, key: randomUUID() }),
    })
    return ((await response.json()) as { status: string }).status
  }
  expect(await post('See https://example.org/1')).toBe('held')
  await expect.poll(() => receiver.messages.length, TOLD).toBe(1)
  expect(await post('See https://example.org/2')).toBe('held')
  const stopped = performance.now()
  await site.stop()
  expect(performance.now() - stopped).toBeLessThan(5_000)
  expect(await place.count('deliveries')).toBe(2)

  const again = await startSite(place.url, settings)
  await expect.poll(() => place.count('deliveries'), DONE).toBe(0)
  expect(receiver.messages).toHaveLength(3)
  expect(receiver.messages.every((message) => isSigned(message, SECRET))).toBe(true)
  await again.stop()
  await receiver.stop()
  await place.remove()
})
