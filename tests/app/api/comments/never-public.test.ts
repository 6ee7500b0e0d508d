// Tests app/api/comments/, app/api/votes/, app/api/live/, lib/pages/load-comments-page.ts, lib/live/
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { v7 as newId } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import * as reports from '#app/api/comments/[id]/reports/route.ts'
import * as one from '#app/api/comments/[id]/route.ts'
import * as comments from '#app/api/comments/route.ts'
import * as votes from '#app/api/votes/route.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { Live } from '#lib/live/live-updates.ts'
import { loadCommentsPage } from '#lib/pages/load-comments-page.ts'
import { getStore, type Store } from '#lib/store/index.ts'
import { cookieOf, get, postForm, postJson, storePerTest } from '#tests/support/handlers.ts'

storePerTest()
const PATH = '/api/comments'
let store: Store
beforeEach(async () => void (store = await getStore()))
const write = async (change: object = {}) => {
  const words = { name: 'Ann', text: 'Hello', key: randomUUID(), networks: [], reader: 'ann' }
  const added = await store.addComment({ ...words, ...change })
  return (added as { comment: Comment }).comment.id
}
const hold = (text = 'Held') => write({ reader: randomUUID(), text, holdReason: 'links' })
const change = (id: string, method: string, body: unknown, headers: HeadersInit) =>
  new Request(postJson(`${PATH}/${id}`, body, headers), { method })

/** Every request with the id of a comment, as somebody sends it. */
const REQUESTS: Record<string, (id: string, cookie: HeadersInit) => Promise<Response>> = {
  GET: (id, cookie) => one.GET(get(`${PATH}/${id}`, cookie)),
  PATCH: (id, cookie) => one.PATCH(change(id, 'PATCH', { text: 'Other' }, cookie)),
  DELETE: (id, cookie) => one.DELETE(change(id, 'DELETE', {}, cookie)),
  'form that edits': (id, cookie) =>
    one.POST(postForm(`${PATH}/${id}`, { act: 'edit', text: 'Other' }, cookie)),
  'form that deletes': (id, cookie) =>
    one.POST(postForm(`${PATH}/${id}`, { act: 'delete' }, cookie)),
  'a vote': (comment, cookie) =>
    votes.POST(postJson('/api/votes', { vote: 'up', comment }, cookie)),
  'no vote': (comment, cookie) =>
    votes.POST(postForm('/api/votes', { vote: 'none', comment }, cookie)),
  'a report': (id, cookie) =>
    reports.POST(postJson(`${PATH}/${id}/reports`, { reason: 'spam' }, cookie)),
  'a reply': (parent, cookie) =>
    comments.POST(postJson(PATH, { name: 'Eve', text: 'Hi', parent }, cookie)),
  '?page=': (id, cookie) => comments.GET(get(`${PATH}?page=${id}`, cookie)),
  '?after=': (id, cookie) => comments.GET(get(`${PATH}?after=${id}`, cookie)),
}
const PAGES = ['page', 'after'].flatMap((name) => [name, `${name}&act=reply`, `${name}&sort=best`])

async function told(response: Response, id: string) {
  const { status, headers } = response
  const body = (await response.text()).replaceAll(id, 'ID').replace(/\d+ seconds/, 'N seconds')
  return { status, headers: [...headers], body }
}

/** What a stranger learns of an id by every request that there is. */
async function learn(id: string) {
  const stranger = cookieOf(await votes.POST(postJson('/api/votes', { vote: 'up' })))
  const answers: Record<string, unknown> = {}
  for (const [name, send] of Object.entries(REQUESTS))
    for (const cookie of [{}, stranger]) {
      const response = await send(id, cookie)
      expect(response.status, name).toBeGreaterThanOrEqual(400)
      answers[`${name} ${Object.keys(cookie)}`] = await told(response, id)
    }
  for (const name of PAGES)
    for (const { cookie = null } of [{}, stranger] as { cookie?: string }[]) {
      const query = new URLSearchParams(name.replace(/^\w+/, `$&=${id}`))
      answers[`page ${name} ${cookie !== null}`] = await loadCommentsPage({
        query,
        cookies: cookie,
        rejected: undefined,
      })
    }
  return answers
}

test.each([
  ['is held', async () => {}],
  [
    'was edited since it was held',
    (id: string, reader: string) => store.editComment({ id, reader, text: 'Other words' }),
  ],
  [
    'was deleted by its writer',
    (id: string, reader: string) => store.deleteOwnComment({ id, reader }),
  ],
  ['was refused', (id: string) => store.setStatus(id, 'refused')],
  ['was deleted by a moderator', (id: string) => store.setStatus(id, 'deleted')],
  ['was erased', (_: string, reader: string) => store.eraseReader(reader)],
])('a comment that was never public and %s is as none at all to a stranger', async (_, act) => {
  const reader = randomUUID()
  const id = await write({ reader, holdReason: 'links' })
  await act(id, reader)
  expect(await learn(id)).toEqual(await learn(newId()))
})

test('live updates tell nothing of it, whatever becomes of it, until it is published', async () => {
  const live = new Live(getStore, () => ({ network: 1, all: 1 }))
  const heard = async () => JSON.stringify([await live.read(), await live.read(1)])
  const reader = randomUUID()
  const [id, deleted, refused, erased] = [
    await write({ reader, holdReason: 'links' }),
    await write({ reader: 'dee', holdReason: 'links', text: 'b' }),
    await hold('c'),
    await write({ reader: 'eve', holdReason: 'links', text: 'd' }),
  ]
  await store.editComment({ id, reader, text: 'Other words' })
  await store.deleteOwnComment({ id: deleted, reader: 'dee' })
  await store.setStatus(refused, 'refused')
  await store.eraseReader('eve')
  const silent = await heard()
  for (const each of [id, deleted, refused, erased]) expect(silent).not.toContain(each)
  live.end()
  await store.setStatus(id, 'published')
  const later = new Live(getStore, () => ({ network: 1, all: 1 }))
  expect(JSON.stringify(await later.read(1))).toContain(id)
  later.end()
})

test('its writer still reads, edits and deletes it', async () => {
  await store.setCommentState('held', 'Mia')
  const cookie = cookieOf(await votes.POST(postJson('/api/votes', { vote: 'up' })))
  const posted = await comments.POST(
    postJson(PATH, { name: 'Ann', text: 'Hello', key: randomUUID() }, cookie),
  )
  const { id, status } = (await posted.json()) as Comment
  expect(status).toBe('held')
  for (const query of [`?page=${id}`, `?after=${id}`])
    expect((await comments.GET(get(PATH + query, cookie))).status, query).toBe(200)
  expect((await one.GET(get(`${PATH}/${id}`, cookie))).status).toBe(200)
  for (const [method, send] of [
    ['PATCH', one.PATCH],
    ['DELETE', one.DELETE],
  ] as const) {
    const body = method === 'PATCH' ? { text: 'Other' } : {}
    expect((await send(change(id, method, body, cookie))).status, method).toBe(200)
  }
})

test('what was public once is not forgotten: a page goes on after it, and strangers get 403', async () => {
  const id = await write()
  await store.setStatus(id, 'held')
  const stranger = cookieOf(await votes.POST(postJson('/api/votes', { vote: 'up' })))
  expect((await REQUESTS['?after=']!(id, {})).status).toBe(200)
  expect((await REQUESTS['?page=']!(id, {})).status).toBe(404)
  expect((await REQUESTS.PATCH!(id, stranger)).status).toBe(403)
})

test.each<[string, (id: string) => Promise<unknown>]>([
  ['refused', (id) => store.setStatus(id, 'refused')],
  [
    'held by an edit',
    (id) => store.editComment({ id, reader: 'ann', text: 'b', holdReason: 'links' }),
  ],
  ['deleted by its writer', (id) => store.deleteOwnComment({ id, reader: 'ann' })],
  ['erased', () => store.eraseReader('ann')],
])('what an older version published is told as removed when it is %s', async (_, remove) => {
  const id = await write()
  const file = new DatabaseSync(process.env.DATABASE_URL!.slice('file:'.length))
  file.exec('update comments set was_public = 0')
  await remove(id)
  const { versions } = await store.readVersions(0, 10)
  expect(versions.map((version) => version.id)).toContain(id)
  expect(file.prepare('select was_public from comments').get()).toEqual({ was_public: 1 })
  file.close()
})
