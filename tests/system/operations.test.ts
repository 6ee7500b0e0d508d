// Tests app/metrics/, lib/server/metrics.ts, lib/server/cluster-metrics.ts, lib/server/readiness.ts, lib/server/request-events.ts, lib/logging/
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OWN_PAGE, type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

const METRICS_SECRET = 'what prometheus knows'.replaceAll(' ', '-')
type Line = Record<string, unknown> & { route?: string }
const linesOf = (site: Site) =>
  site.log.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line)
const post = (site: Site, path: string, body: object, headers = {}) =>
  fetch(site.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE, ...headers },
    body: JSON.stringify(body),
  })
const readMetrics = async (site: Site) => {
  const headers = { authorization: `Bearer ${METRICS_SECRET}` }
  return (await fetch(`${site.origin}/metrics`, { headers })).text()
}

let place: TestDatabase
beforeAll(async () => void (place = await makeSqlite()))
afterAll(() => place.remove())

describe('a server with two workers that counts', () => {
  let site: Site
  beforeAll(async () => {
    const counted = { METRICS_SECRET, WEB_CONCURRENCY: '2', VOTES_PER_MINUTE: '1' }
    const feed = { FEED_SECRET: 'the-feeds-own-secret', TRUSTED_PROXIES: '127.0.0.1' }
    site = await startSite(place.url, { ...counted, ...feed, VOTE_PER_MINUTE: '1' })
  })
  afterAll(() => site.stop())

  test('writes one line a request, with nothing in it that a reader said or that is secret', async () => {
    const id = 'the-proxys-own-id-1'
    const headers = { 'x-request-id': id, 'x-forwarded-for': '203.0.113.9' }
    const told = await post(site, '/api/votes', { vote: 'up' }, headers)
    expect(told.headers.get('x-request-id')).toBe(id)
    const words = { name: 'Ann Reader', text: 'These very words', key: crypto.randomUUID() }
    const written = (await (await post(site, '/api/comments', words)).json()) as { id: string }
    await fetch(`${site.origin}/api/comments/${written.id}`)
    await fetch(`${site.origin}/moderation.atom?key=the-feeds-own-secret`)
    await fetch(`${site.origin}/a-page-that-somebody-typed?with=words`)
    await fetch(`${site.origin}/author`)
    const story = await fetch(site.origin)
    await story.text()
    const own = await fetch(site.origin)
    expect(own.headers.get('x-request-id')).not.toBe(story.headers.get('x-request-id'))

    await expect.poll(() => linesOf(site).filter(({ route }) => route).length).toBe(8)
    const lines = linesOf(site).filter(({ route }) => route)
    const of = (path: string) => lines.filter(({ route }) => route === path)
    expect(of('/api/votes')).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        id,
        method: 'POST',
        route: '/api/votes',
        status: 200,
        bytes: expect.any(Number),
        ms: expect.any(Number),
      },
    ])
    for (const [path, status] of [
      ['/api/comments', 201],
      ['/api/comments/[id]', 200],
      ['/moderation.atom', 200],
      ['/author', 200],
      ['*', 404],
    ] as const)
      expect(of(path), path).toMatchObject([{ status }])
    expect(of('/').map(({ id }) => id)).toContain(story.headers.get('x-request-id'))
    for (const secret of [
      'Ann',
      'very words',
      written.id,
      '203.0.113.9',
      'own-secret',
      'typed',
      '?',
    ])
      expect(site.log.filter((line) => line.includes(secret) && !line.includes('did you'))).toEqual(
        [],
      )
  })

  test('tells at the start of a variable that is nearly one of ours', () => {
    expect(linesOf(site).filter(({ level }) => level === 40)).toEqual([
      expect.objectContaining({
        msg: 'VOTE_PER_MINUTE is not a setting; did you mean VOTES_PER_MINUTE?',
      }),
    ])
  })

  test('tells what it has counted to who knows the secret, of all workers', async () => {
    const first = await post(site, '/api/votes', { vote: 'up' })
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!
    const again = await post(site, '/api/votes', { vote: 'down' }, { cookie })
    expect([first.status, again.status]).toEqual([200, 429])
    const listed = await (await fetch(`${site.origin}/api/comments`)).json()
    const [{ id }] = (listed as { comments: [{ id: string }] }).comments
    await post(site, `/api/comments/${id}/reports`, { reason: 'spam' }, { cookie })
    await post(site, `/api/comments/${id}`, { act: 'edit', text: 'Not mine' }, { cookie })
    // The second worker comes when the first listens.
    await expect
      .poll(() => linesOf(site).filter(({ msg }) => /is running/.test(String(msg))).length)
      .toBe(2)
    const listener = await fetch(`${site.origin}/api/live`)
    const metrics = await readMetrics(site)
    await listener.body!.cancel()
    const sum = (start: string) =>
      metrics
        .split('\n')
        .filter((line) => line.startsWith(start))
        .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
    const route = 'method="POST",route="/api/votes"'
    expect(sum(`broadside_http_requests_total{${route},status="2xx"`)).toBe(2)
    expect(sum(`broadside_http_requests_total{${route},status="4xx"`)).toBe(1)
    expect(sum('broadside_http_request_duration_seconds_count{route="/api/votes"')).toBe(3)
    expect(sum('broadside_writes_total{kind="vote",outcome="done"')).toBe(2)
    expect(sum('broadside_writes_total{kind="vote",outcome="votes"')).toBe(1)
    expect(sum('broadside_writes_total{kind="report",outcome="done"')).toBe(1)
    expect(sum('broadside_writes_total{kind="edit",outcome="not_yours"')).toBe(1)
    expect(sum('broadside_commit_size_sum{kind="vote"')).toBe(3)
    expect(sum('broadside_waiting_writes{kind="vote"')).toBe(0)
    expect(sum('broadside_live_listeners{')).toBe(1)
    expect(sum('broadside_errors_total{source="store"')).toBe(0)
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds'])
      expect(metrics.match(new RegExp(`^${name}{worker="[12]"}`, 'gm'))).toHaveLength(2)
  })

  test('tells nobody else', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${METRICS_SECRET}`]) {
      const refused = await fetch(`${site.origin}/metrics`, { headers: { authorization } })
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toBe('Bearer')
      expect(await refused.text()).not.toContain('broadside_')
    }
  })
})

test('without METRICS_SECRET there are none, and LOG_REQUESTS=errors leaves what went well out', async () => {
  const site = await startSite(place.url, { LOG_REQUESTS: 'errors' })
  const answer = await fetch(`${site.origin}/metrics`)
  expect(answer.status).toBe(404)
  await place.run('alter table tally rename to gone')
  expect((await fetch(`${site.origin}/api/votes`)).status).toBe(503)
  await place.run('alter table gone rename to tally')
  await site.stop()
  const lines = linesOf(site).filter(({ route }) => route)
  expect(lines).toMatchObject([{ level: 50, route: '/api/votes', status: 503 }])
  const error = linesOf(site).find(({ err }) => err)
  expect(error).toMatchObject({ id: lines[0]!.id })
})

test('while it stops it is not ready, and answers all the same for DRAIN_SECONDS', async () => {
  const site = await startSite(place.url, { DRAIN_SECONDS: '5' })
  const status = async (path: string) => {
    const answer = await fetch(site.origin + path)
    return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code]
  }
  expect(await status('/api/health')).toEqual([200, undefined])
  const stopped = site.stop()
  await expect.poll(() => status('/api/health'), { interval: 20 }).toEqual([503, 'stopping'])
  expect(await status('/api/health?check=live')).toEqual([503, 'stopping'])
  expect((await post(site, '/api/votes', { vote: 'up' })).status).toBe(200)
  await stopped
  expect(site.process.exitCode).toBe(0)
})

test('a request that was begun before the stop learns of it', async () => {
  const site = await startSite(place.url)
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /api/health HTTP/1.1\r\n')
  await fetch(`${site.origin}/api/health`)
  const stopped = site.stop()
  const taken = () =>
    fetch(site.origin).then(
      () => true,
      () => false,
    )
  await expect.poll(taken).toBe(false)
  socket.end('Host: a\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1.1 503 .*"code":"stopping"/s)
  await stopped
})

test.each([
  ['SIGTERM', '1'],
  ['SIGHUP', '1'],
  ['SIGHUP', '2'],
  ['SIGINT', '2'],
] as const)('%s ends %s processes after what was begun', async (signal, WEB_CONCURRENCY) => {
  const site = await startSite(place.url, { HOST: '::1', WEB_CONCURRENCY })
  const socket = connect(Number(new URL(site.origin).port), '::1')
  await once(socket, 'connect')
  const body = 'vote=up'
  socket.write(
    `POST /api/votes HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await fetch(`${site.origin}/api/health`)
  const stopped = site.stop(signal)
  const taken = () => fetch(site.origin).then(Boolean, () => false)
  await expect.poll(taken).toBe(false)
  socket.end(body)
  expect(await text(socket)).toMatch(/^HTTP\/1.1 303 /)
  await stopped
  expect(site.process.exitCode).toBe(0)
})

test('a server whose log nobody reads any more stops all the same', async () => {
  const site = await startSite(place.url)
  await (await fetch(site.origin)).text()
  site.process.stdout!.destroy()
  await site.stop()
  expect(site.process.exitCode).toBe(0)
})
