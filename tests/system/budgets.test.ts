// Tests lib/api/budgets.ts, lib/server/
import { request as send } from 'node:http'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OWN_PAGE, PASSWORD, type Site, startSite } from '#tests/support/start-site.ts'
import { makeSqlite, type TestDatabase } from '#tests/support/stores.ts'

/** So few that a slow machine uses them up, but for writes, whose amount is the default; nothing else is limited. */
const BUDGETS = {
  NETWORK_PAGES_PER_MINUTE: '60',
  NETWORK_TEXTS_PER_MINUTE: '60',
  NETWORK_READS_PER_MINUTE: '60',
  NETWORK_WRITES_PER_MINUTE: '',
}
const FORM = { ...OWN_PAGE, 'content-type': 'application/x-www-form-urlencoded' }
const JSON_TYPE = { ...OWN_PAGE, 'content-type': 'application/json' }
const COMMENT = { name: 'Ann', text: 'What I have typed\nin two lines & "more"' }

let place: TestDatabase
let site: Site
/** Each test has a network of its own. */
let networks = 0
let network = ''
const newNetwork = () => (network = `198.51.100.${++networks}`)

beforeAll(async () => {
  place = await makeSqlite()
  site = await startSite(place.url, {
    ...BUDGETS,
    NETWORK_COMMENTS_PER_10_MINUTES: '20',
    TRUSTED_PROXIES: '127.0.0.1',
    MODERATOR_PASSWORD: PASSWORD,
  })
})
afterAll(async () => {
  await site.stop()
  await place.remove()
})

type Answer = { status: number; headers: Headers; body: string }

async function ask(path: string, options: RequestInit = {}, from = network): Promise<Answer> {
  const headers = { ...(options.headers as Record<string, string>), 'x-forwarded-for': from }
  const response = await fetch(site.origin + path, { redirect: 'manual', ...options, headers })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

/** Asks for the same so often, all at once. */
function flood(count: number, path: string, options?: RequestInit): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, () => ask(path, options)))
}

const form = (fields: Record<string, string>, headers: Record<string, string> = FORM) => ({
  method: 'POST',
  headers,
  body: new URLSearchParams(fields).toString(),
})
const json = (body: object) => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })
const statuses = (answers: Answer[]) => new Set(answers.map(({ status }) => status))
const refused = (answers: Answer[]) => answers.filter(({ status }) => status === 429)

/** All that costs more than a file from memory, and its status as long as there is a budget. */
const COSTLY: [what: string, path: string, options: RequestInit, status: number][] = [
  ['comments for a reader', '/comments', { headers: { cookie: 'reader=x.y' } }, 200],
  ['a form that an address opens', '/comments?act=reply', {}, 200],
  ['a comment that is not there', `/comments?page=${crypto.randomUUID()}&act=reply`, {}, 404],
  ['the desk', '/moderation', {}, 200],
  ['the log', '/moderation/log', {}, 200],
  ['the story after a vote', '/?voted', { headers: { cookie: 'reader=x.y' } }, 200],
  ['a preview', '/api/comments', json({ act: 'preview', text: '*a*' }), 200],
  [
    'a preview of an edit',
    `/api/comments/${crypto.randomUUID()}`,
    json({ act: 'preview', text: 'a' }),
    200,
  ],
  ['an edit', `/api/comments/${crypto.randomUUID()}`, json({ act: 'edit', text: 'a' }), 403],
  ['a preview without script', '/api/comments', form({ act: 'preview', text: '*a*' }), 200],
  ['a refused comment', '/api/comments', form({ name: '', text: 'a' }), 422],
  ['a refused vote', '/api/votes', form({ vote: 'sideways' }), 422],
  ['a false proof of work', '/api/votes', json({ vote: 'up', token: 'e30' }), 409],
  [
    'a refused sign-in',
    '/api/moderation/session',
    form({ act: 'sign-in', name: 'x', password: 'y' }),
    401,
  ],
  ['the feed of comments', '/comments.atom', {}, 200],
  ['the moderators’ feed', '/moderation.atom?key=x', {}, 404],
  ['the list of comments', '/api/comments', {}, 200],
  ['the tally', '/api/votes', {}, 200],
  ['a challenge', '/api/challenge', {}, 200],
  ['live updates, once', '/api/live?since=1', { headers: { accept: 'application/json' } }, 200],
  ['a feed', '/feed.rss', {}, 200],
  ['the description', '/openapi.json', {}, 200],
  ['no route', '/api/nowhere', {}, 404],
]

test.each(COSTLY)('%s has a budget', async (_, path, options, status) => {
  newNetwork()
  const answers = await flood(50, path, options)
  expect(statuses(answers)).toEqual(new Set([status, 429]))
  // A second or two may have gone by.
  expect(refused(answers).length).toBeGreaterThan(0)
  expect(answers.length - refused(answers).length).toBeGreaterThanOrEqual(5)
  for (const { headers, body } of refused(answers)) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatch(/Many requests came from your network\. Please try again in/)
  }
  expect((await ask(path, options, `203.0.113.${networks}`)).status).toBe(status)
})

test('what comes from memory has none', async () => {
  newNetwork()
  for (const path of ['/', '/author', '/icon.svg', '/nowhere', '/comments', '/api/health'])
    for (let round = 0; round < 10; round++) {
      const answers = await flood(50, path)
      expect(statuses(answers), path).toEqual(new Set([path === '/nowhere' ? 404 : 200]))
    }
})

test('five thousand votes that come together from one network are all counted', async () => {
  newNetwork()
  const before = JSON.parse((await ask('/api/votes')).body) as { up: number }
  for (let round = 0; round < 50; round++)
    expect(statuses(await flood(100, '/api/votes', json({ vote: 'up' })))).toEqual(new Set([200]))
  expect(JSON.parse((await ask('/api/votes')).body)).toMatchObject({ up: before.up + 5_000 })
})

describe('the words of a form', () => {
  const typed = /What I have typed&#10;in two lines &#38; &#34;more&#34;/

  test.each([
    ['a preview', { ...COMMENT, act: 'preview' }],
    ['a comment that is refused', { ...COMMENT, name: '' }],
  ])('of %s come back when there is no budget, to be sent again', async (_, fields) => {
    newNetwork()
    const answers = refused(await flood(20, '/api/comments', form(fields)))
    expect(answers.length).toBeGreaterThan(10)
    for (const { body, headers } of answers) {
      expect(body).toMatch(typed)
      expect(body).toContain('action="/api/comments"')
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*form-action 'self'/,
      )
    }
  })

  test('stay in the browser of a network that sends very many', async () => {
    newNetwork()
    const answers = await flood(100, '/api/comments', form({ ...COMMENT, name: '' }))
    const last = refused(answers).filter(({ body }) => !typed.test(body))
    expect(last.length).toBeGreaterThan(20)
    for (const { body } of last)
      expect(body).toMatch(/^Many requests .*\.\nGo back: your text is still there\.$/)
  })

  test('are not shown when another site sends them', async () => {
    newNetwork()
    const elsewhere = { ...FORM, 'sec-fetch-site': 'cross-site' }
    for (const { body } of await flood(100, '/api/comments', form(COMMENT, elsewhere)))
      expect(body).not.toMatch(typed)
  })

  test('hold no password', async () => {
    newNetwork()
    const fields = { act: 'sign-in', name: 'Ann', password: 'a wrong password' }
    for (const { body } of await flood(60, '/api/moderation/session', form(fields)))
      expect(body).not.toContain('a wrong password')
  })
})

test('writes have a budget as well, and are refused before their body is read', async () => {
  const own = await startSite(place.url, { ...BUDGETS, NETWORK_WRITES_PER_MINUTE: '12' })
  const post = (body: string, headers: Record<string, string>) =>
    new Promise<{ status: number; body: string }>((found, fail) => {
      const { port } = new URL(own.origin)
      const request = send({ port, path: '/api/votes', method: 'POST', headers }, (answer) => {
        readAll(answer).then((body) => found({ status: answer.statusCode!, body }), fail)
      })
      request.on('error', fail).write(body)
      if (!headers['content-length']) request.end()
    })
  // The next is allowed in five seconds.
  expect((await post('{"vote":"up"}', JSON_TYPE)).status).toBe(200)
  const half = await post('{"vote', { ...JSON_TYPE, 'content-length': '1000' })
  expect(half).toMatchObject({ status: 429, body: expect.stringContaining('"network_busy"') })
  const plain = await post('vote=up&from=comments', FORM)
  expect(plain).toMatchObject({ status: 429, body: expect.stringContaining('name="vote"') })
  await own.stop()
})
