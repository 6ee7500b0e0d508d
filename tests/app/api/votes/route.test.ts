import { describe, expect, test } from 'vitest'
import { GET, POST } from '#app/api/votes/route.ts'
import { getSettings } from '#lib/settings/settings.ts'
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
const PATH = '/api/votes'

test('reading gives no cookie', async () => {
  const response = await GET(get(PATH))
  expect(await response.json()).toEqual({ up: 0, down: 0, mine: null })
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('a vote in JSON answers with the tally and makes the reader known', async () => {
  const voted = await POST(postJson(PATH, { vote: 'up' }))
  expect(voted.status).toBe(200)
  expect(await voted.json()).toEqual({ up: 1, down: 0, mine: 'up' })
  expect(voted.headers.get('set-cookie')).toMatch(
    /^reader=[\w-]{36}\.[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/,
  )
  const cookie = cookieOf(voted)
  expect(await (await GET(get(PATH, cookie))).json()).toEqual({ up: 1, down: 0, mine: 'up' })
  const changed = await POST(postJson(PATH, { vote: 'down' }, cookie))
  expect(await changed.json()).toEqual({ up: 0, down: 1, mine: 'down' })
  expect(changed.headers.get('set-cookie')).toBeNull()
})

test('a vote in a form goes back to the votes', async () => {
  const response = await POST(postForm(PATH, { vote: 'up' }))
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/?voted#votes')
  expect(await response.text()).toBe('')
  expect(await (await GET(get(PATH, cookieOf(response)))).json()).toMatchObject({ mine: 'up' })
})

test('a vote in the comments page’s form goes back there', async () => {
  const response = await POST(postForm(PATH, { vote: 'up', from: 'comments' }))
  expect(response.headers.get('location')).toBe('/comments#votes')
})

describe('the cookie', () => {
  test('is Secure where the reader came over https, and only there', async () => {
    const secure = postJson(
      PATH,
      { vote: 'up' },
      { 'x-forwarded-proto': 'https', origin: ORIGIN.replace('http', 'https') },
    )
    expect((await POST(secure)).headers.get('set-cookie')).toMatch(/; Secure$/)
    const plain = await POST(postJson(PATH, { vote: 'up' }))
    expect(plain.headers.get('set-cookie')).not.toMatch(/Secure/)
  })

  test.each([
    ['another id', (cookie: string) => cookie.replace(/=.{8}/, '=00000000')],
    ['another signature', (cookie: string) => cookie.replace(/\..{4}/, '.AAAA')],
    ['no signature', (cookie: string) => cookie.split('.')[0]!],
    ['a part after its signature', (cookie: string) => `${cookie}.x`],
    ['nothing', () => 'reader='],
  ])('with %s is nobody’s', async (_, forge) => {
    const { cookie } = cookieOf(await POST(postJson(PATH, { vote: 'up' })))
    const answer = await (await GET(get(PATH, { cookie: forge(cookie) }))).json()
    expect(answer).toEqual({ up: 1, down: 0, mine: null })
  })

  test('is read among others', async () => {
    const { cookie } = cookieOf(await POST(postJson(PATH, { vote: 'up' })))
    const answer = await (await GET(get(PATH, { cookie: `a=b; ${cookie}; other_reader=x` }))).json()
    expect(answer).toMatchObject({ mine: 'up' })
  })

  const HTTPS = { 'x-forwarded-proto': 'https', origin: ORIGIN.replace('http', 'https') }
  const voteSecurely = (vote: string, cookie: string) =>
    POST(postJson(PATH, { vote }, { ...HTTPS, cookie }))
  const mineOf = async (cookie: string) =>
    ((await (await GET(get(PATH, { cookie }))).json()) as { mine: string | null }).mine

  test('is over https one that no sibling of this host can set', async () => {
    const response = await voteSecurely('up', '')
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-reader=[\w-]{36}\.[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure$/,
    )
    const { cookie } = cookieOf(response)
    expect((await voteSecurely('down', cookie)).headers.get('set-cookie')).toBeNull()
    expect(await mineOf(cookie)).toBe('down')
  })

  test('of the plain name is taken over https, and answered with the other name', async () => {
    const { cookie } = cookieOf(await POST(postJson(PATH, { vote: 'up' })))
    const response = await voteSecurely('down', cookie)
    expect(await response.json()).toEqual({ up: 0, down: 1, mine: 'down' })
    expect(cookieOf(response)).toEqual({ cookie: `__Host-${cookie}` })
    const both = `${cookie}; __Host-${cookie}`
    expect((await voteSecurely('up', both)).headers.get('set-cookie')).toBeNull()
  })

  test('that another host has planted keeps nobody out, and nobody gets its reader', async () => {
    const own = cookieOf(await voteSecurely('up', '')).cookie
    const { cookie: planted } = cookieOf(await POST(postJson(PATH, { vote: 'down' })))
    const junk = Array.from({ length: 100 }, (_, i) => `reader=${i}.${'x'.repeat(43)}`).join('; ')
    for (const cookies of [`${planted}; ${own}`, `reader=x.y; ${own}`, `${junk}; ${own}`]) {
      expect(await mineOf(cookies)).toBe('up')
      expect((await voteSecurely('up', cookies)).headers.get('set-cookie')).toBeNull()
    }
    const plain = own.replace('__Host-', '')
    for (const cookies of [`reader=x.y; ${plain}`, `${junk}; ${plain}`])
      expect(await mineOf(cookies)).toBe('up')
  })

  test('is signed with READER_SECRET where there is one', async () => {
    getSettings().READER_SECRET = 'x'.repeat(32)
    const { cookie } = cookieOf(await POST(postJson(PATH, { vote: 'up' })))
    getSettings().READER_SECRET = 'y'.repeat(32)
    const other = await (await GET(get(PATH, { cookie }))).json()
    getSettings().READER_SECRET = undefined
    expect(other).toMatchObject({ mine: null })
  })
})

describe('refused, with nothing counted', () => {
  test.each([
    ['broken JSON', postJson(PATH, '{'), 400, 'unreadable'],
    [
      'broken UTF-8',
      new Request(ORIGIN + PATH, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: ORIGIN },
        body: new Uint8Array([0x22, 0xff, 0x22]),
      }),
      400,
      'unreadable',
    ],
    ['an unknown vote', postJson(PATH, { vote: 'sideways' }), 422, 'invalid'],
    ['no vote', postJson(PATH, {}), 422, 'invalid'],
    ['a list', postJson(PATH, []), 422, 'invalid'],
    ['an unknown field', postJson(PATH, { vote: 'up', times: 9 }), 422, 'invalid'],
    ['broken UTF-8 in a form', rawForm('vote=%ff'), 400, 'unreadable'],
    [
      'a JSON field sent twice',
      postJson(PATH, '{"vote":"up","vote":"down"}'),
      400,
      'repeated_field',
    ],
    [
      'a JSON field sent twice, once in other letters',
      postJson(PATH, '{"vote":"up","v\\u006fte" : "down"}'),
      400,
      'repeated_field',
    ],
    [
      'a compressed body',
      postJson(PATH, { vote: 'up' }, { 'content-encoding': 'gzip' }),
      415,
      'unsupported_coding',
    ],
    [
      'another charset',
      postJson(PATH, { vote: 'up' }, { 'content-type': 'application/json; charset=UTF-16' }),
      415,
      'unsupported_charset',
    ],
    ['a token that is none', postJson(PATH, { vote: 'up', token: 'x' }), 409, 'form_expired'],
    ['a field sent twice', postForm(PATH, 'vote=up&vote=down'), 400, 'repeated_field'],
    [
      'another type',
      postJson(PATH, 'up', { 'content-type': 'text/plain' }),
      415,
      'unsupported_type',
    ],
    [
      'no type',
      new Request(ORIGIN + PATH, { method: 'POST', headers: { origin: ORIGIN } }),
      415,
      'unsupported_type',
    ],
    ['too much', postJson(PATH, { vote: 'x'.repeat(65_537) }), 413, 'too_large'],
  ])('%s', async (_, request, status, code) => {
    await expectError(await POST(request), status, code)
    expect(await (await GET(get(PATH))).json()).toEqual({ up: 0, down: 0, mine: null })
  })

  test.each(['charset=utf-8', ' Charset = "UTF-8"', 'charset=utf8', 'charset', 'x=y'])(
    'what is said to be UTF-8, or not said: %s',
    async (parameter) => {
      const type = { 'content-type': `application/json;${parameter}` }
      expect((await POST(postJson(PATH, { vote: 'up' }, type))).status).toBe(200)
    },
  )

  test('a wrong field is named', async () => {
    const error = await expectError(await POST(postJson(PATH, { vote: 'x', b: 1 })), 422, 'invalid')
    expect(error.fields).toEqual({
      vote: 'Must be "up", "down" or "none".',
      b: 'Unknown field.',
    })
  })
})

describe('what may write', () => {
  const vote = (headers: Record<string, string>) =>
    POST(
      new Request(ORIGIN + PATH, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"vote":"up"}',
      }),
    )

  test.each([
    ['a page of this site', { 'sec-fetch-site': 'same-origin' }],
    ['a page of this site, by what older browsers say', { origin: ORIGIN }],
  ])('%s', async (_, headers) => {
    expect((await vote(headers)).status).toBe(200)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: ORIGIN }],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site', origin: ORIGIN }],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }],
    ['who says nothing', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that only begins like ours', { origin: `${ORIGIN}.evil.example` }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['another protocol', { origin: ORIGIN.replace('http', 'https') }],
    ['a page that hides its origin', { origin: 'null' }],
  ])('not %s', async (_, headers) => {
    await expectError(await vote(headers), 403, 'wrong_origin')
    expect(await (await GET(get(PATH))).json()).toMatchObject({ up: 0 })
  })
})

function rawForm(body: string): Request {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN }
  return new Request(ORIGIN + PATH, { method: 'POST', headers, body })
}
