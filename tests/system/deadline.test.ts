// Tests lib/deadline.ts, lib/api/unavailable.ts, lib/server/route-handlers.ts, lib/server/answer-in-time.ts, lib/pages/
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseProxy, startDatabaseProxy } from '#tests/support/database-proxy.ts'
import { OWN_PAGE, PASSWORD, type Site, startSite } from '#tests/support/start-site.ts'
import { makePostgres, type TestDatabase } from '#tests/support/stores.ts'

/** Milliseconds: the deadline, and as much as it may be late on a machine that is busy. */
const DEADLINE = 10_000 + 5_000

describe('a database that hangs', () => {
  let place: TestDatabase
  let proxy: DatabaseProxy
  let site: Site
  beforeAll(async () => {
    place = await makePostgres()
    proxy = await startDatabaseProxy(place.url)
    site = await startSite(proxy.url, { MODERATOR_PASSWORD: PASSWORD })
  })
  afterAll(async () => {
    await site.stop()
    proxy.stop()
    await place.remove()
  })

  const vote = (headers: Record<string, string> = {}) =>
    fetch(`${site.origin}/api/votes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OWN_PAGE, ...headers },
      body: JSON.stringify({ vote: 'up' }),
    })
  const form = (text: string, headers: Record<string, string> = {}) =>
    fetch(`${site.origin}/api/comments`, {
      method: 'POST',
      headers: { ...OWN_PAGE, ...headers },
      body: new URLSearchParams({ name: 'Ann', text }),
      redirect: 'manual',
    })
  const FORM = 'application/x-www-form-urlencoded'
  const signIn = () =>
    fetch(`${site.origin}/api/moderation/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OWN_PAGE },
      body: JSON.stringify({ act: 'sign-in', name: 'Mo', password: PASSWORD }),
      redirect: 'manual',
    })
  const decide = (cookie: string, type = 'application/json') => {
    const fields = { act: 'approve', comments: crypto.randomUUID() }
    return fetch(`${site.origin}/api/moderation/decisions`, {
      method: 'POST',
      headers: { 'content-type': type, cookie, ...OWN_PAGE },
      body: type === FORM ? new URLSearchParams(fields) : JSON.stringify(fields),
      redirect: 'manual',
    })
  }
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(site.origin + path, { headers, redirect: 'manual' })
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split(';')[0]!
  /** Resolves to an answer and the milliseconds that it took. */
  const timed = async (asked: Promise<Response>) => {
    const start = performance.now()
    const answer = await asked
    return { answer, text: await answer.text(), time: performance.now() - start }
  }
  const counts = async () => {
    const { up } = (await (await ask('/api/votes')).json()) as { up: number }
    const { total } = (await (await ask('/api/comments')).json()) as { total: number }
    return { up, total }
  }

  test('leaves no request without an answer in time, and keeps what was typed', async () => {
    const known = await vote()
    expect(known.status).toBe(200)
    const cookie = cookieOf(known)
    const session = cookieOf(await signIn())
    proxy.hang()
    const asked = {
      // The session is read before the body.
      decision: timed(decide(session)),
      'decision without script': timed(decide(session, FORM)),
      health: timed(ask('/api/health')),
      vote: timed(vote()),
      comment: timed(form('These very words')),
      votes: timed(ask('/api/votes')),
      page: timed(ask('/comments')),
      own: timed(ask('/comments', { cookie })),
      voted: timed(ask('/?voted', { cookie })),
      live: timed(ask('/api/live')),
      feed: timed(ask('/comments.atom')),
      // More than there are connections: some wait for one.
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `of many ${i}`,
          timed(ask(`/comments?sort=new&after=${crypto.randomUUID()}`)),
        ]),
      ),
    }
    const story = await timed(ask('/'))
    expect(story.answer.status).toBe(200)
    expect(story.time).toBeLessThan(8_000)
    for (const [what, answered] of Object.entries(asked)) {
      const { answer, time } = await answered
      expect([what, answer.status]).toEqual([what, 503])
      expect(time, what).toBeLessThan(what === 'health' ? 8_000 : DEADLINE)
    }
    expect((await asked.health).text).toContain('The database did not answer in time.')
    expect((await asked.comment).text).toContain('These very words')
    expect((await asked.vote).answer.headers.get('retry-after')).toMatch(/^\d+$/)
    proxy.resume()
    await expect.poll(async () => (await ask('/api/health')).status).toBe(200)
    // Nothing of it is written when the database goes on.
    expect(await counts()).toEqual({ up: 1, total: 0 })
    expect((await form('These very words')).status).toBe(303)
    expect(await counts()).toEqual({ up: 1, total: 1 })
  })

  test('and has written what it did not confirm: sent again, it is there once', async () => {
    const before = await counts()
    for (const send of [
      vote,
      (headers?: Record<string, string>) => form('Written unheard', headers),
    ]) {
      proxy.hangAfter('commit')
      const { answer, time } = await timed(send())
      expect(answer.status).toBe(503)
      expect(time).toBeLessThan(DEADLINE)
      proxy.resume()
      await expect.poll(async () => (await ask('/api/health')).status).toBe(200)
      const again = await send({ cookie: cookieOf(answer) })
      expect([200, 303]).toContain(again.status)
    }
    expect(await counts()).toEqual({ up: before.up + 1, total: before.total + 1 })
    expect(await place.count("comments where text = 'Written unheard'")).toBe(1)
  })
})
