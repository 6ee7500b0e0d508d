// Tests lib/api/input.ts, lib/http/, lib/server/route-handlers.ts
import { connect } from 'node:net'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { text as readAll } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { Site } from '#tests/support/start-site.ts'
import { expect, OWN_PAGE, test } from '#tests/support/site.ts'

type Row = [what: string, path: string, options: RequestInit, status: number, code: string]

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }
const own = (body: BodyInit | null, headers: HeadersInit = JSON_TYPE): RequestInit => ({
  method: 'POST',
  headers: { ...OWN_PAGE, ...headers },
  body,
})
const key = 'b5f0c2a4-6a0e-4f7e-9d5c-2c1f6f0e7a11'
const comment = (change: object) => JSON.stringify({ name: 'Ann', text: 'Hostile', key, ...change })
const bytes = (...values: number[]) => new Uint8Array(values)

const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** For each route that writes: its path, a body that it would take, and the methods besides POST. */
const WRITING: [path: string, good: string, methods: string[]][] = [
  ['/api/votes', '{"vote":"up"}', ['GET']],
  ['/api/comments', comment({}), ['GET']],
  [`/api/comments/${key}`, '{"act":"edit","text":"x"}', ['GET', 'PATCH', 'DELETE']],
  [`/api/comments/${key}/reports`, '{"reason":"spam"}', []],
]
const takesToken = (path: string) => !path.endsWith(key)

const rows: Row[] = [
  ...WRITING.flatMap(([path, good, methods]): Row[] => [
    ['another type', path, own(good, { 'content-type': 'text/plain' }), 415, 'unsupported_type'],
    [
      'a file',
      path,
      own(good, { 'content-type': 'multipart/form-data; boundary=x' }),
      415,
      'unsupported_type',
    ],
    ['no type', path, own(new TextEncoder().encode(good), {}), 415, 'unsupported_type'],
    [
      'a gzip bomb',
      path,
      own(gzipSync(Buffer.alloc(10_000_000)), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      415,
      'unsupported_coding',
    ],
    [
      'compressed JSON',
      path,
      own(gzipSync(good), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      415,
      'unsupported_coding',
    ],
    ['nothing', path, own(''), 400, 'unreadable'],
    ['half a body', path, own(good.slice(0, -1)), 400, 'unreadable'],
    ['broken UTF-8', path, own(bytes(0x7b, 0xff, 0x7d)), 400, 'unreadable'],
    ['half a UTF-8 letter', path, own(bytes(0x22, 0xe2, 0x82, 0x22)), 400, 'unreadable'],
    ['UTF-16', path, own(Buffer.from(good, 'utf16le')), 400, 'unreadable'],
    [
      'a field twice',
      path,
      own(good.replace('{', '{"vote":"up","name":"x",').replace('}', ',"vote":"up","name":"x"}')),
      400,
      'repeated_field',
    ],
    ['an unknown field', path, own(good.replace('{', '{"admin":true,')), 422, 'invalid'],
    ['a prototype', path, own(good.replace('{', '{"__proto__":{"x":"up"},')), 422, 'invalid'],
    ['a list', path, own(`[${good}]`), 422, 'invalid'],
    ['a number', path, own('1e999'), 422, 'invalid'],
    ['null', path, own('null'), 422, 'invalid'],
    ['deep nesting', path, own('['.repeat(30_000) + ']'.repeat(30_000)), 422, 'invalid'],
    ['too much', path, own(`{"x":"${'x'.repeat(70_000)}"}`), 413, 'too_large'],
    [
      'a forged token',
      path,
      own(good.replace('}', ',"token":"e30"}')),
      takesToken(path) ? 409 : 422,
      takesToken(path) ? 'form_expired' : 'invalid',
    ],
    ['a token of another shape', path, own(good.replace('}', ',"token":["e30"]}')), 422, 'invalid'],
    [
      'a token that is huge',
      path,
      own(good.replace('}', `,"token":"${'A'.repeat(5_000)}"}`)),
      422,
      'invalid',
    ],
    ['no origin', path, { method: 'POST', headers: JSON_TYPE, body: good }, 403, 'wrong_origin'],
    [
      'another site',
      path,
      own(good, { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }),
      403,
      'wrong_origin',
    ],
    [
      'another origin',
      path,
      { method: 'POST', headers: { ...JSON_TYPE, origin: 'https://evil.example' }, body: good },
      403,
      'wrong_origin',
    ],
    ...(methods.includes('GET')
      ? [['a GET that would write', `${path}?vote=up&name=Ann&text=x`, {}, 422, 'invalid'] as Row]
      : []),
    ...METHODS.filter((method) => !methods.includes(method)).map((method): Row => [
      `the method ${method}`,
      path,
      { method, headers: OWN_PAGE },
      405,
      'method_not_allowed',
    ]),
  ]),
  ['a reply to no id', '/api/comments', own(comment({ parent: "' or 1=1 --" })), 422, 'invalid'],
  ['a vote on no id', '/api/votes', own('{"vote":"up","comment":"../x"}'), 422, 'invalid'],
  ['an id that is none', '/api/comments/..%2f', own('{"act":"delete"}'), 404, 'not_found'],
  [
    'a report with a NUL',
    `/api/comments/${key}/reports`,
    own('{"reason":"spam","note":"\\u0000"}'),
    422,
    'invalid',
  ],
  [
    'an edit of nobody’s',
    `/api/comments/${key}`,
    { method: 'PATCH', headers: { ...OWN_PAGE, ...JSON_TYPE }, body: '{"text":"x"}' },
    403,
    'not_yours',
  ],
  [
    'a deletion from another site',
    `/api/comments/${key}`,
    { method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } },
    403,
    'wrong_origin',
  ],
  ['a number for a name', '/api/comments', own(comment({ name: 7 })), 422, 'invalid'],
  [
    'an object for a text',
    '/api/comments',
    own(comment({ text: { toString: 'x' } })),
    422,
    'invalid',
  ],
  ['a key that is no UUID', '/api/comments', own(comment({ key: "' or 1=1 --" })), 422, 'invalid'],
  ['a NUL', '/api/comments', own(comment({ text: 'a\0b' })), 422, 'invalid'],
  [
    'half a surrogate pair',
    '/api/comments',
    own(comment({ text: 'a' }).replace('"a"', '"\\ud800"')),
    422,
    'invalid',
  ],
  [
    'a name of nothing to see',
    '/api/comments',
    own(comment({ name: '\u200b\u202e\u2066' })),
    422,
    'invalid',
  ],
  ['a position that is no id', '/api/comments?after=1%27%20or%201', {}, 422, 'invalid'],
  ['a position twice', `/api/comments?after=${key}&after=${key}`, {}, 400, 'repeated_field'],
  ['a position that is nowhere', `/api/comments?after=${key}`, {}, 404, 'not_found'],
  ['a challenge with wishes', '/api/challenge?cost=1', {}, 422, 'invalid'],
  ['a challenge that is posted', '/api/challenge', own('{}'), 405, 'method_not_allowed'],
  [
    'a view from another site',
    '/api/views',
    { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } },
    403,
    'wrong_origin',
  ],
  ['a view that is got', '/api/views', {}, 405, 'method_not_allowed'],
  ...['bans', 'decisions', 'session', 'settings', 'undo'].flatMap((name): Row[] => {
    const path = `/api/moderation/${name}`
    return [
      [
        `${name} of the desk by nobody`,
        path,
        own('{}'),
        name === 'session' ? 422 : 401,
        name === 'session' ? 'invalid' : 'signed_out',
      ],
      ['a desk that is got', path, {}, 405, 'method_not_allowed'],
      [
        'a desk from another site',
        path,
        own('{}', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }),
        403,
        'wrong_origin',
      ],
    ]
  }),
  [
    'a sign-in with a wrong password',
    '/api/moderation/session',
    own('{"act":"sign-in","name":"Mia","password":"guess"}'),
    401,
    'wrong_password',
  ],
  [
    'a comment as the author',
    '/api/comments',
    own(comment({ as: 'author' })),
    403,
    'not_signed_in',
  ],
  ['a path above', '/api/%2e%2e/votes', own('{"vote":"up"}'), 405, 'method_not_allowed'],
]

const written = async (site: Site) => {
  const read = async (path: string) => (await fetch(site.origin + path)).json()
  const { up, down } = (await read('/api/votes')) as { up: number; down: number }
  return { up, down, comments: ((await read('/api/comments')) as { total: number }).total }
}

test('each wrong request is refused by its status, in one shape, and writes nothing', async ({
  site,
}) => {
  for (const [what, path, options, status, code] of rows) {
    const response = await fetch(site.origin + path, options)
    const said = `${what}: ${options.method ?? 'GET'} ${path}`
    expect(response.status, said).toBe(status)
    expect(response.headers.get('set-cookie'), said).toBeNull()
    const body = (await response.json()) as { error: Record<string, unknown> }
    expect(Object.keys(body), said).toEqual(['error'])
    expect(body.error, said).toMatchObject({ code, message: expect.stringMatching(/^[A-Z].*\.$/) })
    expect(Object.keys(body.error).sort().join(), said).toMatch(/^code,(fields,)?message$/)
  }
  expect(await written(site)).toEqual({ up: 0, down: 0, comments: 0 })
  expect(site.process.exitCode).toBeNull()
})

test('a wrong form comes back as a page with its status and what was typed', async ({ site }) => {
  for (const [body, status] of [
    ['name=Ann&text=', 422],
    ['name=&text=Typed+words', 422],
    ['name=Ann&text=Typed+words&extra=1', 422],
    ['name=Ann&text=Typed+words&name=Ben', 400],
    ['name=Ann&text=Typed+words&key=%ff', 400],
    ['name=Ann&text=Typed+words&token=e30', 409],
  ] as const) {
    const response = await fetch(`${site.origin}/api/comments`, own(body, FORM_TYPE))
    expect(response.status, body).toBe(status)
    const page = await response.text()
    if (body.includes('Typed')) expect(page, body).toContain('Typed words')
    expect(page, body).toContain('Your comment was not posted')
  }
  expect(await written(site)).toMatchObject({ comments: 0 })
})

test('words that another site sends are not shown', async ({ site }) => {
  const response = await fetch(
    `${site.origin}/api/comments`,
    own('name=Ann&text=Buy+at+evil.example', { ...FORM_TYPE, 'sec-fetch-site': 'cross-site' }),
  )
  expect(response.status).toBe(403)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await response.text()).not.toContain('evil')
})

test('a cookie that was not made here is nobody’s, however it is forged', async ({ site }) => {
  const voted = await fetch(`${site.origin}/api/votes`, own('{"vote":"up"}'))
  const cookie = voted.headers.get('set-cookie')!.split(';')[0]!
  const [id, signature] = cookie.slice('reader='.length).split('.') as [string, string]
  for (const forged of [
    `reader=${id}`,
    `reader=${id}.`,
    `reader=.${signature}`,
    `reader=${id}.${signature.slice(0, -1)}`,
    `reader=${id}.${signature}x`,
    `reader=${id.toUpperCase()}.${signature}`,
    `reader=${crypto.randomUUID()}.${signature}`,
    `reader=${encodeURIComponent(id)}%00.${signature}`,
    `other=1; readerx=${id}.${signature}`,
  ]) {
    const answer = await fetch(`${site.origin}/api/votes`, { headers: { cookie: forged } })
    expect(await answer.json(), forged).toEqual({ up: 1, down: 0, mine: null })
  }
})

test('requests that no client would send leave the server as it was', async ({ site }) => {
  const { port } = new URL(site.origin)
  for (const raw of [
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET /feed.json HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nHOST: b\r\n\r\n',
    'HEAD / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n',
    'GET /_next/static/none.js HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
    '\0\0\0\0\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(5_000)}\r\n`,
  ]) {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(raw))
    const answer = await readAll(socket)
    expect(answer, raw.slice(0, 80)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer, raw.slice(0, 80)).toContain("content-security-policy: default-src 'none'")
  }
  expect(await written(site)).toEqual({ up: 0, down: 0, comments: 0 })
})

test('a body in another transfer coding than chunks is not implemented', async ({ site }) => {
  const { port } = new URL(site.origin)
  for (const coding of ['gzip', 'gzip, chunked', 'identity', 'chunked, gzip', 'deflate'])
    for (const path of ['/', '/api/votes', '/icon.svg']) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ${coding}\r\n\r\nabc\r\n\r\n`,
      )
      const answer = await readAll(socket)
      // One answer, although the body is no request either.
      expect(answer.match(/HTTP\/1\.1 \d+/g), coding).toEqual(['HTTP/1.1 501'])
      expect(answer, coding).toContain("content-security-policy: default-src 'none'")
    }
})

test('a query over 1 KB is refused wherever it is sent, before anything reads it', async ({
  site,
}) => {
  const query = (length: number) => 'a&'.repeat(length / 2)
  const paths = ['/', '/comments', '/moderation', '/author', '/nowhere', '/icon.svg', '/feed.json']
  for (const path of [...paths, '/_next/static/x.js', '/moderation.atom', '/author/'])
    for (const method of ['GET', 'HEAD', 'POST']) {
      const answer = await fetch(`${site.origin}${path}?${query(14_800)}`, { method })
      expect(answer.status, `${method} ${path}`).toBe(414)
      const text = await answer.text()
      if (method !== 'HEAD') expect(text).toBe('This address is too long.')
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  for (const path of ['/api/comments', '/api/votes', '/api/live', '/api/nowhere']) {
    const answer = await fetch(`${site.origin}${path}?${query(1_026)}`)
    expect(answer.status, path).toBe(414)
    expect(await answer.json()).toMatchObject({ error: { code: 'query_too_long' } })
  }
  expect((await fetch(`${site.origin}/comments?${query(1_024)}`)).status).toBe(200)
})

test('an address with slashes at its end leads to the one without', async ({ site }) => {
  const { port } = new URL(site.origin)
  const ask = async (target: string) => {
    const request = `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(request))
    return (await readAll(socket)).match(/^HTTP\/1.1 308 [^]*^location: (.*)\r$/m)?.[1]
  }
  const slashes = '/'.repeat(8_000)
  expect(await ask('/author/')).toBe('/author')
  expect(await ask('/author///?a=/b/')).toBe('/author?a=/b/')
  expect(await ask(`/a${slashes}b/`)).toBe(`/a${slashes}b`)
  // Another site, in the eyes of a browser.
  for (const target of ['//evil.example/', '/\\evil.example/', slashes])
    expect(await ask(target), target.slice(0, 20)).toBeUndefined()
})

test('two thousand half-open connections and slow bodies do not stop other readers', async ({
  site,
}) => {
  const port = Number(new URL(site.origin).port)
  const halves = [
    '',
    'GET / HTTP/1.1\r\nHost: a\r\n',
    'POST /api/votes HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  ]
  const sockets = await Promise.all(
    Array.from({ length: 2_000 }, async (_, i) => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.on('error', () => {}).write(halves[i % 3]!)
      return socket
    }),
  )
  for (let i = 0; i < 20; i++) {
    expect((await fetch(site.origin)).status).toBe(200)
    expect((await fetch(`${site.origin}/api/votes`, own('{"vote":"up"}'))).status).toBe(200)
  }
  for (const socket of sockets) socket.destroy()
  expect(await written(site)).toMatchObject({ up: 20 })
})

test('a GET or HEAD writes nothing', async ({ site, databaseUrl }) => {
  const file = new DatabaseSync(databaseUrl.slice('file:'.length), { readOnly: true })
  // Changes whenever another connection commits: https://sqlite.org/pragma.html#pragma_data_version
  const version = () => file.prepare('pragma data_version').get()!.data_version
  const before = version()
  const paths = [
    '/',
    '/comments',
    '/moderation',
    '/moderation/log',
    '/privacy',
    '/nowhere',
    '/icon.svg',
    '/proof-worker.js',
    '/moderation.atom',
  ]
  // What is live would never end, were it asked for as a stream.
  const headers = { ...OWN_PAGE, accept: 'application/json' }
  const routes = ['votes', 'comments', 'challenge', 'health', 'views', 'live'].map(
    (name) => `/api/${name}`,
  )
  for (const path of [...paths, ...routes, '/api/votes?vote=up', '/comments?name=Ann&text=x'])
    for (const method of ['GET', 'HEAD'])
      await (await fetch(site.origin + path, { method, headers })).arrayBuffer()
  expect(version()).toBe(before)
  await fetch(`${site.origin}/api/votes`, own('{"vote":"up"}'))
  expect(version()).not.toBe(before)
  file.close()
})

test('headers that Next takes for a part of a page bring the whole page', async ({ site }) => {
  for (const headers of [
    { rsc: '1' },
    { rsc: '1', 'next-router-state-tree': 'x' },
    { 'next-router-prefetch': '1', 'next-url': '/x', 'next-action': 'x' },
  ] as Record<string, string>[]) {
    const page = await fetch(`${site.origin}/comments`, { headers, redirect: 'manual' })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Leave a reply')
  }
  expect(site.log.filter((line) => /error/i.test(line))).toEqual([])
})

test('of a parameter that is there twice the first counts', async ({ site }) => {
  const posted = await fetch(`${site.origin}/api/comments`, own(comment({})))
  const { id } = (await posted.json()) as { id: string }
  const ask = async (query: string) => (await fetch(`${site.origin}/comments${query}`)).status
  expect(await ask(`?page=${id}&page=${key}`)).toBe(200)
  expect(await ask(`?page=${key}&page=${id}`)).toBe(404)
})

test('what everybody may read has these fields, and no others', async ({ site }) => {
  const posted = await fetch(`${site.origin}/api/comments`, own(comment({})))
  const fields = [
    ...['body', 'byAuthor', 'createdAt', 'depth', 'editedAt', 'id', 'mine'],
    ...['name', 'parent', 'status', 'text', 'votes'],
  ]
  const keys = (value: object) => Object.keys(value).sort()
  expect(keys(await posted.json())).toEqual(fields)
  const read = async (path: string, options?: RequestInit) =>
    (await (await fetch(site.origin + path, options)).json()) as Record<string, unknown>
  const page = await read('/api/comments')
  expect(keys(page)).toEqual(['closed', 'comments', 'next', 'outcomes', 'readAt', 'total'])
  for (const one of page.comments as object[]) expect(keys(one)).toEqual(fields)
  expect(keys(await read('/api/votes'))).toEqual(['down', 'mine', 'up'])
  expect(keys(await read('/api/views', { method: 'POST', headers: OWN_PAGE }))).toEqual(['views'])
  expect(keys(await read('/api/health'))).toEqual(['status'])
  const challenge = await read('/api/challenge')
  expect(keys(challenge)).toEqual(['parameters', 'signature'])
  expect(keys(challenge.parameters as object)).not.toContain('address')
  expect((challenge.parameters as { data: object }).data).toEqual({ madeAt: expect.any(Number) })
  // Nothing of who wrote stands in a page or a log either.
  const html = await (await fetch(`${site.origin}/comments`)).text()
  for (const said of [html, site.log.join()]) expect(said).not.toMatch(/127\.0\.0\.1(?!:)|undici/)
})
