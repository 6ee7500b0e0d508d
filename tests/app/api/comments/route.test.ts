// Tests app/api/comments/route.ts, lib/api/, lib/rejected-form.ts
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { GET, POST } from '#app/api/comments/route.ts'
import type { Comment, CommentPage } from '#lib/comments/comment.ts'
import {
  cookieOf,
  expectError,
  get,
  ORIGIN,
  postForm,
  postJson,
  storePerTest,
} from '#tests/support/handlers.ts'

storePerTest()
const PATH = '/api/comments'
const read = async (query = '') => (await (await GET(get(PATH + query))).json()) as CommentPage
const comment = (change: object = {}) => ({
  name: 'Ann',
  text: 'Hello *there*',
  key: randomUUID(),
  ...change,
})

test('a comment in JSON is answered with 201 and is on the list', async () => {
  const response = await POST(postJson(PATH, comment({ name: '  Ann ' })))
  expect(response.status).toBe(201)
  expect(response.headers.get('set-cookie')).toMatch(/^reader=/)
  const posted = (await response.json()) as Comment
  expect(posted).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
    name: 'Ann',
    text: 'Hello *there*',
    body: [{ type: 'paragraph', children: ['Hello ', { type: 'emphasis', children: ['there'] }] }],
    createdAt: expect.any(Number),
    editedAt: null,
    parent: null,
    depth: 0,
    status: 'published',
    byAuthor: false,
    votes: { up: 0, down: 0, mine: null },
    mine: true,
  })
  expect(await read()).toEqual({
    comments: [{ ...posted, mine: false }],
    total: 1,
    next: null,
    outcomes: [],
    closed: false,
    readAt: expect.any(Number),
  })
})

test('the same key again answers with the same comment', async () => {
  const same = comment()
  const first = await POST(postJson(PATH, same))
  const second = await POST(postJson(PATH, same, cookieOf(first)))
  expect(second.status).toBe(201)
  expect(await second.json()).toEqual(await first.json())
  expect((await read()).total).toBe(1)
})

test('a repeat by a browser without the cookie gets none: the comment is not its own', async () => {
  const same = comment()
  await POST(postJson(PATH, same))
  expect((await POST(postJson(PATH, same))).headers.get('set-cookie')).toBeNull()
})

test('the same key with other words is told, and nothing is lost', async () => {
  const { key } = comment()
  await POST(postJson(PATH, comment({ key })))
  const response = await POST(postJson(PATH, comment({ key, text: 'Other words' })))
  await expectError(response, 409, 'key_used')
  expect((await read()).comments.map(({ text }) => text)).toEqual(['Hello *there*'])
})

test('a comment in a form goes to its permalink', async () => {
  const response = await POST(postForm(PATH, { name: 'Ann', text: 'one\r\ntwo' }))
  const [posted] = (await read()).comments
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(
    `/comments?page=${posted!.id}#comment-${posted!.id}`,
  )
  expect(posted!.text).toBe('one\ntwo')
})

test('a form without a key sent twice is one comment, other words are another', async () => {
  const browser = { 'user-agent': 'Browser', 'x-forwarded-for': '192.0.2.1' }
  const send = (text: string, headers: HeadersInit = browser) =>
    POST(postForm(PATH, { name: 'Ann', text }, headers))
  const first = await send('Hello')
  const second = await send('Hello')
  expect(second.headers.get('location')).toBe(first.headers.get('location'))
  expect((await read()).total).toBe(1)
  await send('Hello again')
  await send('Hello', { ...browser, 'x-forwarded-for': '192.0.2.2' })
  expect((await read()).total).toBe(3)
})

test.each([
  [{ name: ' ' }, { name: 'Please enter your name.' }],
  [{ name: 'x'.repeat(81) }, { name: 'This name has 81 characters. The limit is 80.' }],
  [{ text: '\n' }, { text: 'Please write a comment.' }],
  [{ text: 'x'.repeat(5001) }, { text: 'This comment has 5,001 characters. The limit is 5,000.' }],
  [{ text: 'a\0' }, { text: expect.stringContaining('cannot be saved') }],
  [
    { name: undefined, text: 7 },
    { name: 'Please enter your name.', text: 'Please write a comment.' },
  ],
  [{ key: 'mine' }, { key: 'Must be a UUID.' }],
  [
    { id: '1', createdAt: 0 },
    { id: expect.any(String), createdAt: expect.any(String) },
  ],
])('%j is refused by field', async (change, fields) => {
  const error = await expectError(await POST(postJson(PATH, comment(change))), 422, 'invalid')
  expect(error.fields).toEqual(fields)
  expect((await read()).total).toBe(0)
})

test('a comment is kept, and counted, without what no language uses', async () => {
  const text = `${'x'.repeat(4_995)}\r\ny\u202e\u0007\ufffez${'\u200d'.repeat(99)} \n`
  expect((await POST(postJson(PATH, comment({ text })))).status).toBe(201)
  expect((await read()).comments[0]!.text).toBe(`${'x'.repeat(4_995)}\nyz`)
})

test('a comment of 5,000 four-byte characters is taken', async () => {
  const text = '𝕏'.repeat(5000)
  expect((await POST(postJson(PATH, comment({ text })))).status).toBe(201)
  expect((await read()).comments[0]!.text).toBe(text)
})

test('more than 64 KB is refused however it is sent', async () => {
  const chunk = new TextEncoder().encode('x'.repeat(8192))
  let sent = 0
  const body = new ReadableStream({
    pull: (controller) => (sent++ < 20 ? controller.enqueue(chunk) : controller.close()),
  })
  const request = new Request(ORIGIN + PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body,
    duplex: 'half',
  } as RequestInit)
  await expectError(await POST(request), 413, 'too_large')
})

test('the list goes on after its last comment', async () => {
  for (let i = 0; i < 52; i++) await POST(postJson(PATH, comment({ text: `no ${i}` })))
  const first = await read()
  expect(first.comments).toHaveLength(50)
  const second = await read(`?after=${first.next}`)
  expect(second.comments.map(({ text }) => text)).toEqual(['no 1', 'no 0'])
  expect(second.next).toBeNull()
})

test.each([
  ['?after=x', 422, 'invalid'],
  ['?before=x', 422, 'invalid'],
  [`?after=${randomUUID()}`, 404, 'not_found'],
])('a list asked for with %s is refused', async (query, status, code) => {
  await expectError(await GET(get(PATH + query)), status, code)
})

test('5,000 characters of any script are taken in a form', async () => {
  for (const text of ['x'.repeat(5000), 'क्षि'.repeat(1250), '🇮🇳'.repeat(5000)]) {
    const response = await POST(postForm(PATH, { name: 'Ann', text }))
    expect(response.status).toBe(303)
    expect((await read()).comments.some((kept) => kept.text === text)).toBe(true)
  }
})

test('a form whose words are more than 64 KB is refused', async () => {
  const response = await POST(postForm(PATH, { name: 'Ann', text: 'x'.repeat(66_000) }))
  await expectError(response, 413, 'too_large')
})

test('a key in capitals is the same key', async () => {
  const same = comment()
  await POST(postJson(PATH, same))
  await POST(postJson(PATH, { ...same, key: same.key.toUpperCase() }))
  expect((await read()).total).toBe(1)
})

test('a name that piles up marks is refused before anything composes them', async () => {
  const name = `a${'\u0345'.repeat(8_000)}${'\u0315'.repeat(8_000)}${'\u0316'.repeat(8_000)}`
  const error = await expectError(await POST(postJson(PATH, comment({ name }))), 422, 'invalid')
  expect(error.fields!.name).toContain('too many marks')
})

test('who sends what another has sent from the same browser is not led to a comment of theirs', async () => {
  const browser = { 'user-agent': 'Browser', 'x-forwarded-for': '192.0.2.1' }
  const text = 'https://a.example https://b.example https://c.example'
  const send = () => POST(postForm(PATH, { name: 'Ann', text }, browser))
  expect((await send()).headers.get('location')).toMatch(/page=/)
  expect((await send()).headers.get('location')).toBe('/comments#comments')
})
