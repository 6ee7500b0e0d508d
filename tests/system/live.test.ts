// Tests app/api/live/, lib/live/
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Comment } from '#lib/comments/comment.ts'
import type { LiveChange } from '#lib/comments/live-change.ts'
import { blocksOf, eventsOf } from '#tests/support/events.ts'
import { OWN_PAGE, type Site, startSite } from '#tests/support/start-site.ts'
import { makePostgres, type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

const EVENTS = { accept: 'text/event-stream' }
const post = async (site: Site, path: string, body: object) => {
  const response = await fetch(site.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: JSON.stringify(body),
  })
  expect(response.status).toBeLessThan(300)
  return response.json()
}
const vote = (site: Site) => post(site, '/api/votes', { vote: 'up' })
const write = (site: Site, words: string): Promise<Comment> =>
  post(site, '/api/comments', { name: 'Ann', text: words, key: randomUUID() })
const listen = (site: Site, headers: Record<string, string> = {}, query = '') =>
  fetch(`${site.origin}/api/live${query}`, { headers: { ...EVENTS, ...headers } })
const ask = async (site: Site, query = '') => {
  const headers = { accept: 'application/json' }
  const response = await fetch(`${site.origin}/api/live${query}`, { headers })
  return (await response.json()) as LiveChange & { id: number }
}
const NOTHING = { up: 0, down: 0, views: 0, total: 0, comments: [] }
/** What the tests before, at the same servers, have left. */
const totalsOf = ({ up, total }: LiveChange) => ({ up, total })
/** Beside what changed shortly before the event that was named, which is told again. */
const including = (comment: object) => expect.arrayContaining([expect.objectContaining(comment)])
/** A server looks once a second for what others have done; the rest is for a machine that is busy. */
const HEARD = { timeout: 15_000 }
const next = async <Item>(items: AsyncGenerator<Item>) => (await items.next()).value as Item

describe.each([
  ['SQLite', makeSqlite],
  ['PostgreSQL', makePostgres],
])('live on %s', (_, makePlace) => {
  let place: TestDatabase
  let site: Site
  let other: Site
  beforeAll(async () => {
    place = await makePlace()
    ;[site, other] = await Promise.all([startSite(place.url), startSite(place.url)])
  })
  afterAll(async () => {
    await Promise.all([site.stop(), other.stop()])
    await place.remove()
  })

  test('what is done at one server is heard at the other, within two seconds', async () => {
    const events = eventsOf(await listen(site))
    const { change: before } = await next(events)
    expect(before).toEqual({ ...NOTHING, ...totalsOf(before) })
    const voted = performance.now()
    await vote(other)
    expect((await next(events)).change).toMatchObject({ up: before.up + 1, comments: [] })
    expect(performance.now() - voted).toBeLessThan(2_500)
    const comment = await write(other, 'Hello')
    expect((await next(events)).change).toEqual({
      ...before,
      up: before.up + 1,
      total: before.total + 1,
      comments: [{ ...comment, mine: false }],
    })
    await events.return(undefined)
  })

  test('who comes back is told what was missed, whichever server they come to', async () => {
    const events = eventsOf(await listen(site))
    const { total } = (await next(events)).change
    await vote(site)
    const { id } = await next(events)
    await events.return(undefined)
    const { id: missed } = await write(site, 'Missed')
    for (const response of [
      await listen(other, { 'last-event-id': id }),
      await listen(site, {}, `?since=${id}`),
    ]) {
      const again = eventsOf(response)
      await expect
        .poll(async () => (await next(again)).change, HEARD)
        .toMatchObject({ total: total + 1, comments: including({ id: missed }) })
      await again.return(undefined)
    }
  })

  test('a client without a stream asks for the same as JSON', async () => {
    const first = await ask(site)
    expect(first).toEqual({ ...NOTHING, ...totalsOf(first), id: expect.any(Number) })
    const { id } = await write(other, 'Hello')
    await expect
      .poll(() => ask(site, `?since=${first.id}`), HEARD)
      .toMatchObject({
        total: first.total + 1,
        comments: including({ id, text: 'Hello', mine: false }),
      })
  })
})

describe('a stream', () => {
  let place: TestDatabase
  let site: Site
  const start = async (settings: Record<string, string> = {}) => {
    site = await startSite(place.url, settings)
  }
  beforeEach(async () => {
    place = await makeSqlite()
  })
  afterEach(async () => {
    await site.stop()
    await place.remove()
  })

  test('is told apart from an answer that may be kept, and carries the policy', async () => {
    await start()
    const response = await listen(site)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'content-security-policy': expect.stringMatching(/^default-src 'none'/),
    })
    const blocks = blocksOf(response)
    expect(await next(blocks)).toMatch(/^retry: \d{4}\nid: \d{13}\ndata: /)
    await blocks.return(undefined)
    const head = await fetch(`${site.origin}/api/live`, { method: 'HEAD', headers: EVENTS })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  })

  test('is refused where the query is not the id of an event', async () => {
    await start()
    for (const [query, status, code] of [
      ['?since=yesterday', 422, 'invalid'],
      ['?since=-1', 422, 'invalid'],
      ['?since=1&since=2', 400, 'repeated_field'],
      ['?from=1', 422, 'invalid'],
    ] as const) {
      const response = await listen(site, {}, query)
      expect(response.status, query).toBe(status)
      expect(await response.json()).toMatchObject({ error: { code } })
    }
  })

  test('goes to as many of a network, and in all, as the settings say', async () => {
    await start({
      LIVE_CONNECTIONS_PER_NETWORK: '2',
      LIVE_CONNECTIONS: '3',
      TRUSTED_PROXIES: '127.0.0.1',
    })
    const from = (address: string) => listen(site, { 'x-forwarded-for': address })
    const taken = [await from('192.0.2.1'), await from('192.0.2.1')]
    const refused = await from('192.0.2.1')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many' } })
    taken.push(await from('192.0.2.2'))
    const full = await from('192.0.2.3')
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '60'])
    // Asking without a stream is open to all.
    expect(await ask(site)).toEqual({ ...NOTHING, id: expect.any(Number) })
    await taken[0]!.body!.cancel()
    await expect
      .poll(async () => {
        const response = await from('192.0.2.1')
        await response.body!.cancel()
        return response.status
      })
      .toBe(200)
    for (const response of taken.slice(1)) await response.body!.cancel()
  })

  test('is broken off for a client that takes nothing, and others hear on', async () => {
    await start({ LIVE_CONNECTIONS_PER_NETWORK: '2' })
    const slow = connect(Number(new URL(site.origin).port), '127.0.0.1')
    await once(slow, 'connect')
    // Nothing is read from it, so that the buffers on the way fill up.
    slow.pause()
    slow.write('GET /api/live HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n')
    const events = eventsOf(await listen(site))
    await next(events)
    expect((await listen(site)).status).toBe(429)

    let heard = 0
    const hearing = (async () => {
      for await (const { change } of events) heard += change.comments.length
    })()
    const isFree = async () => {
      const response = await listen(site)
      await response.body!.cancel()
      return response.status === 200
    }
    // Each event is near 100 KB, and the system keeps a few megabytes for a connection.
    const long = 'a\n'.repeat(2_480)
    for (let i = 1; !(await isFree()); i++) {
      await Promise.all(Array.from({ length: 2 }, (_, j) => write(site, `${i}.${j}\n${long}`)))
      await expect.poll(() => heard).toBe(2 * i)
    }
    slow.resume()
    await expect(text(slow)).rejects.toThrow('ECONNRESET')
    await site.stop()
    await hearing
  })

  test('ends at once when the server is told to stop', async () => {
    await start()
    const responses = await Promise.all(Array.from({ length: 10 }, () => listen(site)))
    const blocks = responses.map(blocksOf)
    await Promise.all(blocks.map(next))
    const stopped = performance.now()
    await site.stop()
    expect(performance.now() - stopped).toBeLessThan(3_000)
    expect(site.process.exitCode).toBe(0)
    for (const stream of blocks) expect((await stream.next()).done).toBe(true)
  })
})
