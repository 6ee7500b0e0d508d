import { expect, test } from 'vitest'
import { POST as comment } from '#app/api/comments/route.ts'
import { POST } from '#app/api/erasure/route.ts'
import { GET as tally, POST as vote } from '#app/api/votes/route.ts'
import { getStore } from '#lib/store/index.ts'
import {
  cookieOf,
  expectError,
  get,
  postForm,
  postJson,
  storePerTest,
} from '#tests/support/handlers.ts'

storePerTest()
const PATH = '/api/erasure'
const CONFIRMED = { confirm: 'yes' }

async function takePart() {
  const cookie = cookieOf(await vote(postJson('/api/votes', { vote: 'up' })))
  const words = { name: 'Ann', text: 'Hello', key: crypto.randomUUID() }
  expect((await comment(postJson('/api/comments', words, cookie))).status).toBe(201)
  return cookie
}

test('a reader’s own is gone, and so is the cookie', async () => {
  const cookie = await takePart()
  const other = cookieOf(await vote(postJson('/api/votes', { vote: 'down' })))
  const response = await POST(postForm(PATH, CONFIRMED, cookie))
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/privacy#erased')
  expect(response.headers.get('set-cookie')).toMatch(/^reader=; Path=\/; Max-Age=0; HttpOnly/)
  expect(response.headers.get('clear-site-data')).toBe('"storage"')
  expect(await (await tally(get('/api/votes', other))).json()).toEqual({
    up: 0,
    down: 1,
    mine: 'down',
  })
  expect((await (await getStore()).readComments())!.total).toBe(0)
})

test('over https the cookie is gone under both names', async () => {
  const cookie = await takePart()
  const https = { origin: 'https://localhost:3000', 'x-forwarded-proto': 'https' }
  const response = await POST(postForm(PATH, CONFIRMED, { ...cookie, ...https }))
  expect(response.headers.get('location')).toBe('/privacy#erased')
  expect(response.headers.getSetCookie().map((set) => set.split(';')[0])).toEqual([
    '__Host-reader=',
    'reader=',
  ])
})

test('a script is told how much it was, and a second time that it was nothing', async () => {
  const cookie = await takePart()
  expect(await (await POST(postJson(PATH, CONFIRMED, cookie))).json()).toEqual({
    comments: 1,
    votes: 1,
  })
  expect(await (await POST(postJson(PATH, CONFIRMED, cookie))).json()).toEqual({
    comments: 0,
    votes: 0,
  })
})

test('without the cookie there is nothing to erase, and a forged one erases nobody', async () => {
  const { cookie } = await takePart()
  for (const forged of ['', cookie.slice(0, -3) + 'xyz']) {
    const response = await POST(postForm(PATH, CONFIRMED, { cookie: forged }))
    expect(response.headers.get('location')).toBe('/privacy#nothing-kept')
  }
  expect((await (await getStore()).readTally()).up).toBe(1)
})

test('nothing is erased that was not confirmed, or asked for by another site', async () => {
  const cookie = await takePart()
  const error = await expectError(await POST(postForm(PATH, {}, cookie)), 422, 'invalid')
  expect(error.fields!.confirm).toMatch(/tick the box/)
  await expectError(await POST(postForm(PATH, { confirm: 'no' }, cookie)), 422, 'invalid')
  await expectError(await POST(postForm(PATH, { ...CONFIRMED, x: '' }, cookie)), 422, 'invalid')
  const elsewhere = { ...cookie, origin: 'https://elsewhere.example' }
  await expectError(await POST(postForm(PATH, CONFIRMED, elsewhere)), 403, 'wrong_origin')
  expect((await (await getStore()).readTally()).up).toBe(1)
})
