// Tests app/api/comments/[id]/, lib/api/edit-comment.ts, lib/api/preview-comment.ts
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import * as comment from '#app/api/comments/[id]/route.ts'
import * as reports from '#app/api/comments/[id]/reports/route.ts'
import * as comments from '#app/api/comments/route.ts'
import * as votes from '#app/api/votes/route.ts'
import { type Comment, type CommentPage, EDIT_WINDOW } from '#lib/comments/comment.ts'
import { getStore } from '#lib/store/index.ts'
import {
  cookieOf,
  expectError,
  get,
  ORIGIN,
  postForm,
  postJson,
  storePerTest,
} from '#tests/support/handlers.ts'

const PATH = '/api/comments'

storePerTest()
afterEach(() => void vi.useRealTimers())

const post = (fields: object = {}, headers = {}) =>
  comments.POST(
    postJson(PATH, { name: 'Ann', text: 'Hello', key: randomUUID(), ...fields }, headers),
  )
const written = async (fields: object = {}) => {
  const response = await post(fields)
  return { headers: cookieOf(response), comment: (await response.json()) as Comment }
}
const list = async (query = '', headers = {}) =>
  (await (await comments.GET(get(PATH + query, headers))).json()) as CommentPage
const change = (id: string, method: string, body: unknown, headers: HeadersInit = {}) =>
  new Request(`${ORIGIN}${PATH}/${id}`, {
    method,
    headers: {
      origin: ORIGIN,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  })

test('a reply names whom it answers and is on the list below it', async () => {
  const { comment } = await written()
  const reply = await (await post({ text: 'Well', parent: comment.id.toUpperCase() })).json()
  expect(reply).toMatchObject({ parent: { id: comment.id, name: 'Ann' }, depth: 1 })
  expect((await list()).comments.map(({ text }) => text)).toEqual(['Hello', 'Well'])
})

test('a reply to what is not there is refused with a way out', async () => {
  const error = await expectError(await post({ parent: randomUUID() }), 409, 'parent_gone')
  expect(error.message).toContain('as a new comment')
  await expectError(await post({ parent: 'x' }), 422, 'invalid')
})

test.each(['newest', 'oldest', 'best'])('the list comes in the order %s', async (sort) => {
  const first = await written()
  await written({ text: 'Second' })
  await votes.POST(postJson('/api/votes', { vote: 'up', comment: first.comment.id }))
  const texts = (await list(`?sort=${sort}`)).comments.map(({ text }) => text)
  expect(texts).toEqual(sort === 'newest' ? ['Second', 'Hello'] : ['Hello', 'Second'])
})

test('the list says when no more may be written', async () => {
  expect(await list()).toMatchObject({ closed: false })
  await (await getStore()).setCommentState('closed', 'Ada')
  expect(await list()).toMatchObject({ closed: true })
})

test('an order that is not known is refused', async () => {
  await expectError(await comments.GET(get(`${PATH}?sort=worst`)), 422, 'invalid')
})

test('a page may begin at a comment', async () => {
  const first = await written()
  await written({ text: 'Second' })
  const { comments } = await list(`?page=${first.comment.id}`)
  expect(comments.map(({ text }) => text)).toEqual(['Hello'])
})

test('a vote on a comment is answered with its tally, a form’s with its place', async () => {
  const { comment } = await written()
  const up = await votes.POST(postJson('/api/votes', { vote: 'up', comment: comment.id }))
  expect(await up.json()).toEqual({ up: 1, down: 0, mine: 'up' })
  const form = await votes.POST(postForm('/api/votes', { vote: 'down', comment: comment.id }))
  expect(form.status).toBe(303)
  expect(form.headers.get('location')).toBe(`/comments?page=${comment.id}#comment-${comment.id}`)
  const tally = await (await votes.GET(get('/api/votes'))).json()
  expect(tally).toEqual({ up: 0, down: 0, mine: null })
})

test('a vote on a comment of one’s own is refused, and a withdrawal is not', async () => {
  const { comment, headers } = await written()
  const vote = (vote: string) =>
    votes.POST(postJson('/api/votes', { vote, comment: comment.id }, headers))
  for (const side of ['up', 'down']) {
    const { message } = await expectError(await vote(side), 403, 'own_comment')
    expect(message).toBe('You cannot vote on your own comment.')
  }
  expect(await (await vote('none')).json()).toEqual({ up: 0, down: 0, mine: null })
})

test('a vote on what is not there is told', async () => {
  const vote = postJson('/api/votes', { vote: 'up', comment: randomUUID() })
  await expectError(await votes.POST(vote), 404, 'not_found')
})

test('its writer changes a comment and deletes it', async () => {
  const { comment: mine, headers } = await written()
  const changed = await comment.PATCH(change(mine.id, 'PATCH', { text: 'Better' }, headers))
  expect(changed.status).toBe(200)
  expect(await changed.json()).toMatchObject({ text: 'Better', editedAt: expect.any(Number) })
  const read = await comment.GET(get(`${PATH}/${mine.id}`))
  expect(await read.json()).toMatchObject({ text: 'Better', mine: false })
  const deleted = await comment.DELETE(change(mine.id, 'DELETE', undefined, headers))
  expect([deleted.status, await deleted.json()]).toEqual([200, {}])
  await expectError(await comment.GET(get(`${PATH}/${mine.id}`)), 404, 'not_found')
})

test('the same by forms', async () => {
  const { comment: mine, headers } = await written()
  const path = `${PATH}/${mine.id}`
  const changed = await comment.POST(postForm(path, { act: 'edit', text: 'Better' }, headers))
  expect([changed.status, changed.headers.get('location')]).toEqual([
    303,
    `/comments?page=${mine.id}#comment-${mine.id}`,
  ])
  expect((await list()).comments).toMatchObject([{ text: 'Better' }])
  const deleted = await comment.POST(postForm(path, { act: 'delete' }, headers))
  expect([deleted.status, deleted.headers.get('location')]).toEqual([
    303,
    '/comments?act=deleted#done',
  ])
  await expectError(await comment.POST(postForm(path, { act: 'burn' }, headers)), 422, 'invalid')
})

test('nobody else changes it: no stranger, and no page of another site', async () => {
  const { comment: mine, headers } = await written()
  const other = await written({ text: 'Other' })
  for (const cookie of [{}, other.headers]) {
    const patch = change(mine.id, 'PATCH', { text: 'x' }, cookie)
    await expectError(await comment.PATCH(patch), 403, 'not_yours')
    await expectError(await comment.DELETE(change(mine.id, 'DELETE', {}, cookie)), 403, 'not_yours')
  }
  const foreign = change(mine.id, 'DELETE', undefined, {
    ...headers,
    origin: 'https://evil.example',
  })
  await expectError(await comment.DELETE(foreign), 403, 'wrong_origin')
  expect((await list()).total).toBe(2)
})

test('after 15 minutes it stays as it is', async () => {
  const { comment: mine, headers } = await written()
  vi.useFakeTimers({ toFake: ['Date'], now: mine.createdAt + EDIT_WINDOW })
  const late = change(mine.id, 'PATCH', { text: 'x' }, headers)
  await expectError(await comment.PATCH(late), 409, 'too_late')
})

test('an edit is looked at like a comment: empty words are refused, too many links wait', async () => {
  const { comment: mine, headers } = await written()
  const edit = async (text: string) => comment.PATCH(change(mine.id, 'PATCH', { text }, headers))
  await expectError(await edit(' '), 422, 'invalid')
  const links = 'https://a.example https://b.example https://c.example'
  expect(await (await edit(links)).json()).toMatchObject({ status: 'held' })
  const { comments } = await (await getStore()).readQueue()
  expect(comments.map(({ reason }) => reason)).toEqual(['links'])
})

test('a preview answers with the tree and keeps nothing', async () => {
  const response = await comments.POST(postJson(PATH, { act: 'preview', text: 'a *b*' }))
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    body: [{ type: 'paragraph', children: ['a ', { type: 'emphasis', children: ['b'] }] }],
  })
  expect((await list()).total).toBe(0)
  await expectError(await comments.POST(postJson(PATH, { act: 'x', text: 'a' })), 422, 'invalid')
})

test('a report of a comment of one’s own is refused', async () => {
  const { comment, headers } = await written()
  const path = `${PATH}/${comment.id}/reports`
  const answer = await reports.POST(postJson(path, { reason: 'spam' }, headers))
  const { message } = await expectError(answer, 403, 'own_comment')
  expect(message).toBe('You cannot report your own comment.')
})

test('a report is kept, and a form’s comes back with thanks', async () => {
  const { comment: mine } = await written()
  const path = `${PATH}/${mine.id}/reports`
  expect((await reports.POST(postJson(path, { reason: 'spam' }))).status).toBe(201)
  const form = await reports.POST(postForm(path, { reason: 'other', note: 'Look' }))
  expect([form.status, form.headers.get('location')]).toEqual([
    303,
    `/comments?page=${mine.id}&act=reported#comment-${mine.id}`,
  ])
  for (const body of [{}, { reason: 'dislike' }, { reason: 'other', note: 'x'.repeat(501) }])
    await expectError(await reports.POST(postJson(path, body)), 422, 'invalid')
  const nowhere = `${PATH}/${randomUUID()}/reports`
  await expectError(await reports.POST(postJson(nowhere, { reason: 'spam' })), 404, 'not_found')
})
