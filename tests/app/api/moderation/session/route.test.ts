import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as challenge } from '#app/api/challenge/route.ts'
import { POST } from '#app/api/moderation/session/route.ts'
import type { Challenge } from '#lib/api/challenge.ts'
import { readModerator } from '#lib/api/moderator-session.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'
import {
  cookieOf,
  expectError,
  get,
  postForm,
  postJson,
  storePerTest,
} from '#tests/support/handlers.ts'
import { tokenOf } from '#tests/support/proof.ts'
import { PASSWORD, signIn } from '#tests/support/sign-in.ts'

storePerTest()
afterEach(() => void vi.useRealTimers())
const PATH = '/api/moderation/session'
const send = (change: Record<string, string> = {}, headers: HeadersInit = {}) =>
  POST(postForm(PATH, { act: 'sign-in', name: 'Mia', password: PASSWORD, ...change }, headers))
const who = async (cookie: string) => (await readModerator(cookie))?.name

test('the password opens a session of twelve hours that no script and no other site can use', async () => {
  const response = await send()
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/moderation')
  expect(response.headers.get('set-cookie')).toMatch(
    /^desk=[\w-]{43}\.[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
  )
  expect(await who(cookieOf(response).cookie)).toBe('Mia')
})

test('over https the cookie is never sent over http', async () => {
  const response = await send(
    {},
    { origin: 'https://localhost:3000', 'x-forwarded-proto': 'https' },
  )
  expect(response.headers.get('set-cookie')).toMatch(/^__Host-desk=.*; Path=\/;.*; Secure$/)
  expect(await who(cookieOf(response).cookie)).toBe('Mia')
})

test('what a sibling of this host plants keeps no moderator out', async () => {
  const { cookie } = await signIn('Mia')
  const { cookie: ended } = await signIn('Ben')
  await POST(postForm(PATH, { act: 'sign-out' }, { cookie: ended }))
  for (const planted of ['desk=x.y', 'desk=', ended, `desk=${'x'.repeat(43)}.${'y'.repeat(43)}`]) {
    expect(await who(`${planted}; ${cookie}`), planted).toBe('Mia')
    expect(await who(`${planted}; __Host-${cookie}`), planted).toBe('Mia')
  }
})

test('who signs out over https is signed out under the plain name, too', async () => {
  const { cookie } = await signIn('Mia')
  const https = { origin: 'https://localhost:3000', 'x-forwarded-proto': 'https' }
  const response = await POST(postForm(PATH, { act: 'sign-out' }, { ...https, cookie }))
  expect(response.headers.getSetCookie().map((set) => set.split(';')[0])).toEqual([
    '__Host-desk=',
    'desk=',
  ])
  expect(await who(cookie)).toBeUndefined()
})

test.each([
  'Correct horse battery staple',
  'correct horse battery stapl',
  `${PASSWORD} `,
  `${PASSWORD}\0`,
  'x'.repeat(60_000),
])('another password is told, and opens nothing: %#', async (password) => {
  const response = await send({ password })
  expect(response.headers.get('set-cookie')).toBeNull()
  await expectError(response, 401, 'wrong_password')
})

test.each([
  [{ name: ' ' }, { name: 'Please enter your name.' }],
  [{ password: '' }, { password: 'Please enter the password.' }],
  [{ act: 'sign-up' }, { act: 'Must be "sign-in" or "sign-out".' }],
  [{ admin: '1' }, { admin: 'Unknown field.' }],
])('%j is refused by field', async (change, fields) => {
  const error = await expectError(await send(change), 422, 'invalid')
  expect(error.fields).toEqual(fields)
})

test('a form of another site signs nobody in or out', async () => {
  const { cookie } = await signIn()
  for (const act of ['sign-in', 'sign-out']) {
    const response = await send({ act }, { origin: 'https://evil.example', cookie })
    await expectError(response, 403, 'wrong_origin')
  }
  expect(await who(cookie)).toBe('Mia')
})

test('a session that was not made here is nobody’s, however it is forged', async () => {
  const { cookie } = await signIn('Mia')
  const { cookie: other } = await signIn('Ben')
  const [id, signature] = cookie.slice('desk='.length).split('.') as [string, string]
  const [otherId] = other.slice('desk='.length).split('.') as [string]
  const reversed = [...signature].reverse().join('')
  for (const forged of [
    `desk=${id}`,
    `desk=${id}.`,
    `desk=.${signature}`,
    `desk=${id}.${signature.slice(0, -1)}`,
    `desk=${id}.${signature}x`,
    `desk=${id}.${signature}.x`,
    `__Host-desk=${otherId}.${signature}`,
    `desk=${id}.${reversed}`,
    `desk=${otherId}.${signature}`,
    `other=1; deskx=${id}.${signature}`,
    `desk=${'A'.repeat(43)}.${signature}`,
  ])
    expect(await who(forged), forged).toBeUndefined()
  expect(await who(`other=1; ${cookie}; more=2`)).toBe('Mia')
})

test('a session that was signed but is not kept is nobody’s', async () => {
  const { cookie } = await signIn()
  await (await getStore()).endSession(cookie.slice('desk='.length).split('.')[0]!)
  expect(await who(cookie)).toBeUndefined()
})

test('a session is over after twelve hours', async () => {
  const { cookie } = await signIn()
  const start = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: start + 12 * 60 * 60 * 1_000 - 60_000 })
  expect(await who(cookie)).toBe('Mia')
  vi.setSystemTime(start + 12 * 60 * 60 * 1_000 + 1)
  expect(await who(cookie)).toBeUndefined()
})

test('who signs out is signed out at the server, and nobody else is', async () => {
  const { cookie } = await signIn('Mia')
  const { cookie: other } = await signIn('Ben')
  const response = await POST(postForm(PATH, { act: 'sign-out' }, { cookie }))
  expect(response.headers.get('set-cookie')).toMatch(/^desk=; Path=\/; Max-Age=0;/)
  expect([await who(cookie), await who(other)]).toEqual([undefined, 'Ben'])
})

test('the name is kept without what nobody sees', async () => {
  const { cookie } = await signIn('  Mi\u200ba\u202e  ')
  expect(await who(cookie)).toBe('Mia')
})

test('JSON is taken as well', async () => {
  const body = { act: 'sign-in', name: 'Mia', password: PASSWORD }
  expect((await POST(postJson(PATH, body))).status).toBe(303)
})

describe('when strangers have used up the tries of all', () => {
  beforeEach(() => {
    getSettings().limits.signIns = { most: 200, window: 3_600_000 }
  })
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const useUp = async () => {
    const store = await getStore()
    for (let i = 0; i < 200; i++)
      await store.trySignIn({ networks: [`stranger ${i}`], network: `stranger ${i}` })
  }
  const prove = async () =>
    tokenOf((await (await challenge(get('/api/challenge'))).json()) as Challenge)

  test('a moderator gets in from a network that has signed in before', async () => {
    expect((await send({}, from('2001:db8:9:1::1'))).status).toBe(303)
    await useUp()
    await expectError(await send({}, from('2001:db8:8:1::1')), 429, 'proof_required')
    expect((await send({}, from('2001:db8:9:1::2'))).status).toBe(303)
    // Known by a key of the password: with another one it is a network as any other.
    getSettings().MODERATOR_PASSWORD = 'another password'
    const other = await send({ password: 'another password' }, from('2001:db8:9:1::2'))
    getSettings().MODERATOR_PASSWORD = PASSWORD
    await expectError(other, 429, 'proof_required')
  })

  test('others get in with a proof of work, each of which is good for one try', async () => {
    await useUp()
    const elsewhere = from('192.0.2.1')
    for (const token of ['', 'x', 'a.b.c'])
      await expectError(await send({ token }, elsewhere), 429, 'proof_required')
    const token = await prove()
    await expectError(
      await send({ token, password: 'wrong one' }, elsewhere),
      401,
      'wrong_password',
    )
    await expectError(await send({ token }, elsewhere), 429, 'proof_required')
    expect((await send({ token: await prove() }, elsewhere)).status).toBe(303)
  })
})
