// Tests lib/api/submit-comment.ts
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import * as challenges from '#app/api/challenge/route.ts'
import { GET, POST } from '#app/api/comments/route.ts'
import * as votes from '#app/api/votes/route.ts'
import { type Challenge, makeToken } from '#lib/api/challenge.ts'
import type { Comment, CommentPage } from '#lib/comments/comment.ts'
import {
  cookieOf,
  expectError,
  get,
  postForm,
  postJson,
  storePerTest,
} from '#tests/support/handlers.ts'
import { tokenOf } from '#tests/support/proof.ts'

Object.assign(process.env, {
  PROOF_OF_WORK: 'on',
  FORM_SECONDS: '3',
  COMMENT_LINKS: '1',
  NETWORK_READERS_PER_HOUR: '2',
  NETWORK_PROVEN_READERS_PER_HOUR: '2',
})
storePerTest()
afterEach(() => void vi.useRealTimers())

const PATH = '/api/comments'
const HOUR = 3_600_000
const later = (milliseconds: number) =>
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
const challenge = async () =>
  (await (await challenges.GET(get('/api/challenge'))).json()) as Challenge
let networks = 0
/** Each from a network of its own. */
const comment = (change: object = {}) =>
  postJson(
    PATH,
    { name: 'Ann', text: 'Hello', key: randomUUID(), ...change },
    { 'x-forwarded-for': `192.0.2.${++networks}` },
  )
const post = async (change: object) => (await (await POST(comment(change))).json()) as Comment
const total = async () => ((await (await GET(get(PATH))).json()) as CommentPage).total

test('a comment with a proof of work is published, one without waits for approval', async () => {
  const token = await tokenOf(await challenge())
  later(3_000)
  expect(await post({ token })).toMatchObject({ status: 'published' })
  expect(await post({})).toMatchObject({ status: 'held' })
  const unsolved = await tokenOf(await challenge(), false)
  later(3_000)
  expect(await post({ token: unsolved })).toMatchObject({ status: 'held' })
  expect(await total()).toBe(1)
})

test('a form is good for one comment; the same comment again is answered with itself', async () => {
  const token = await tokenOf(await challenge())
  later(3_000)
  const key = randomUUID()
  const first = await post({ token, key })
  expect(await post({ token, key })).toEqual({ ...first, mine: false })
  await expectError(await POST(comment({ token })), 409, 'form_used')
  expect(await total()).toBe(1)
})

test('a form that is sent faster than anybody reads is told when to come again', async () => {
  const token = await tokenOf(await challenge())
  const response = await POST(comment({ token }))
  expect(response.headers.get('retry-after')).toMatch(/^[123]$/)
  await expectError(response, 429, 'too_fast')
  later(3_000)
  expect(await post({ token })).toMatchObject({ status: 'published' })
})

test('a form from when the clock was ahead is asked for again, and never waited for', async () => {
  const start = Date.now()
  later(HOUR)
  const made = await challenge()
  const tokens = [await tokenOf(made), await makeToken({ shared: true })]
  vi.setSystemTime(start)
  for (const token of tokens) await expectError(await POST(comment({ token })), 409, 'form_expired')
})

test('a form is too old after half a day', async () => {
  const token = await tokenOf(await challenge())
  later(13 * HOUR)
  await expectError(await POST(comment({ token })), 409, 'form_expired')
})

test.each([
  ['another time', (made: Challenge) => void (made.parameters.data = { madeAt: 1 })],
  ['less work', (made: Challenge) => void (made.parameters.cost = 1)],
  ['another number', (made: Challenge) => void (made.parameters.nonce = '00'.repeat(16))],
  ['another signature', (made: Challenge) => void (made.signature = '00'.repeat(32))],
  ['no signature', (made: Challenge) => void delete made.signature],
])('a form with %s is none of ours', async (_, forge) => {
  const made = await challenge()
  const { solution } = JSON.parse(Buffer.from(await tokenOf(made), 'base64').toString())
  forge(made)
  const token = Buffer.from(JSON.stringify({ challenge: made, solution })).toString('base64')
  later(3_000)
  await expectError(await POST(comment({ token })), 409, 'form_expired')
  expect(await total()).toBe(0)
})

test.each([
  ['a field that nobody sees is filled in', { topic: 'Cheap pills' }],
  ['there are more links than usual', { text: 'https://a.example and https://b.example' }],
])('it waits for approval when %s', async (_, change) => {
  const token = await tokenOf(await challenge())
  later(3_000)
  expect(await post({ token, ...change })).toMatchObject({ status: 'held' })
})

test('the same words with other spaces and capitals wait for approval', async () => {
  for (const [text, isHeld] of [
    ['This offer is the best of all offers', false],
    ['THIS offer is  the best, of all offers!', true],
  ] as const) {
    vi.useRealTimers()
    const token = await tokenOf(await challenge())
    later(3_000)
    expect(await post({ token, text })).toMatchObject({
      status: isHeld ? 'held' : 'published',
    })
  }
})

test.each(['Artimouse Prime', 'artimouse  prime', 'Аrtimouse Рrime', 'The real Artimouse Prime'])(
  'nobody writes as the author: %s',
  async (name) => {
    const error = await expectError(await POST(comment({ name })), 422, 'invalid')
    expect(error.fields).toEqual({
      name: 'This name is reserved for the author. Please choose another.',
    })
  },
)

test.each([
  'Moderator',
  'The ᴀᴅᴍɪɴ',
  'Broadside',
  'Broadside editorial team',
  'US Diplomats Urged to Counter Global Data Localization Efforts',
])('nobody writes as one who runs the site: %s', async (name) => {
  const error = await expectError(await POST(comment({ name })), 422, 'invalid')
  expect(error.fields!.name).toContain('reserved for the people who run this site')
})

test('a name is kept without what nobody sees, and refused when it piles up marks', async () => {
  const { name } = await post({ name: 'An\u200bn\u202e the\n\u2066 First\u00ad' })
  expect(name).toBe('Ann the First')
  const error = await expectError(
    await POST(comment({ name: `Z${'\u0351'.repeat(20)}` })),
    422,
    'invalid',
  )
  expect(error.fields!.name).toContain('too many marks')
})

test('who waits for approval sees it, by the permalink as well', async () => {
  const response = await POST(postForm(PATH, { name: 'Ann', text: 'Hello' }))
  const cookie = cookieOf(response)
  expect(((await (await GET(get(PATH, cookie))).json()) as CommentPage).comments).toMatchObject([
    { status: 'held' },
  ])
  expect(await (await GET(get(PATH))).json()).toMatchObject({ comments: [], total: 0 })
})

test('after the free ones, new readers of a network do some work, up to a limit', async () => {
  const vote = async (token?: string) => votes.POST(postJson('/api/votes', { vote: 'up', token }))
  for (let i = 0; i < 2; i++) expect((await vote()).status).toBe(200)
  const refused = await vote()
  expect(refused.headers.get('set-cookie')).toBeNull()
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500)
  await expectError(refused, 429, 'proof_required')
  for (let i = 0; i < 2; i++)
    expect((await vote(await tokenOf(await challenge()))).status).toBe(200)
  await expectError(await vote(await tokenOf(await challenge())), 429, 'too_many')
  expect(await (await votes.GET(get('/api/votes'))).json()).toMatchObject({ up: 4 })
})
