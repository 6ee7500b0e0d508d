// Tests app/openapi.json/, lib/api/openapi/
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWN_PAGE, PASSWORD, type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

type Document = {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
}

let place: TestDatabase
let site: Site
let document: Document
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
/** Those that were answered as the document says. */
const called = new Set<string>()
/** By name: the reader's and the moderator's. */
const cookies = new Map<string, string>()

beforeAll(async () => {
  place = await makeSqlite()
  site = await startSite(place.url, { MODERATOR_PASSWORD: PASSWORD })
  document = (await (await fetch(`${site.origin}/openapi.json`)).json()) as Document
  ajv.addSchema(document, 'openapi')
})
afterAll(async () => {
  await site.stop()
  await place.remove()
})

/** Calls an operation, and holds its answer against the document. */
async function call(
  name: string,
  status: number,
  {
    id = '',
    query = '',
    body,
    headers = {},
  }: { id?: string; query?: string; body?: unknown; headers?: HeadersInit } = {},
) {
  const [method, path] = name.split(' ') as [string, string]
  const response = await fetch(site.origin + path.replace('{id}', id) + query, {
    method: method.toUpperCase(),
    headers: {
      cookie: [...cookies.values()].join('; '),
      ...(method !== 'get' && OWN_PAGE),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'manual',
  })
  for (const cookie of response.headers.getSetCookie())
    cookies.set(cookie.split('=')[0]!, cookie.split(';')[0]!)
  const text = await response.text()
  expect(response.status, text).toBe(status)
  const said = document.paths[path]![method]!.responses[status] as Record<string, unknown>
  expect(said, `${name} ${status}`).toBeDefined()
  if (status < 400) called.add(name)
  if (status === 303) {
    expect(Object.keys(said.headers!)).toEqual(['location'])
    expect(response.headers.get('location')).toMatch(/^\//)
    return { id: '' }
  }
  const type = response.headers.get('content-type')!.split(';')[0]!
  const steps = ['paths', path, method, 'responses', String(status)]
  const pointer = said.$ref
    ? '/components/responses/Refusal'
    : `/${steps.map((step) => step.replaceAll('/', '~1')).join('/')}`
  const at = `${pointer}/content/${type.replace('/', '~1')}/schema`
  const validate = ajv.getSchema(`openapi#${encodeURI(at)}`)!
  const answer: unknown = type === 'application/json' ? JSON.parse(text) : text
  expect(validate(answer), JSON.stringify(validate.errors)).toBe(true)
  return answer as { id: string }
}

test('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

test('every operation answers as the document says', async () => {
  const comment = {
    name: 'Ann',
    text: 'A *word*, `code`, a [link](https://example.org)\n\n> q\n\n1. one',
  }
  const write = async (parent?: string) => {
    const body = { ...comment, key: crypto.randomUUID(), parent }
    return (await call('post /api/comments', 201, { body })).id
  }
  await call('get /api/health', 200)
  await call('get /api/health', 200, { query: '?check=live' })
  await call('get /api/votes', 200)
  await call('post /api/votes', 200, { body: { vote: 'up' } })
  await call('post /api/views', 200, { headers: { 'user-agent': 'Mozilla/5.0' } })
  const id = await write()
  const answer = await write(id)
  await call('post /api/comments', 200, { body: { act: 'preview', text: 'A **word**' } })
  await call('get /api/comments', 200, { query: '?sort=best' })
  await call('get /api/live', 200, { query: '?since=0', headers: { accept: 'application/json' } })
  await call('get /api/comments/{id}', 200, { id })
  await call('patch /api/comments/{id}', 200, { id, body: { text: 'Other words' } })
  await call('post /api/comments/{id}', 200, { id, body: { act: 'edit', text: 'As before' } })
  // One's own comment may not be reported.
  const stranger = await fetch(`${site.origin}/api/comments`, {
    method: 'POST',
    headers: { ...OWN_PAGE, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ben', text: 'Another', key: crypto.randomUUID() }),
  })
  const { id: reported } = (await stranger.json()) as { id: string }
  await call('post /api/comments/{id}/reports', 201, { id: reported, body: { reason: 'spam' } })
  await call('get /comments.atom', 200)
  await call('delete /api/comments/{id}', 200, { id })
  await call('delete /api/comments/{id}', 200, { id: answer })
  await callDesk(await write(), await write())
  await call('post /api/erasure', 200, { body: { confirm: 'yes' } })
  await call('get /api/challenge', 200)
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((name) => name !== 'parameters')
      .map((method) => `${method} ${path}`),
  )
  expect([...called].sort()).toEqual(all.sort())
})

/** What moderators do: on a comment each, of which the second's writer is erased at the end. */
async function callDesk(first: string, second: string): Promise<void> {
  const desk = (path: string, body: object) => call(`post /api/moderation/${path}`, 303, { body })
  await desk('session', { act: 'sign-in', name: 'Mia', password: PASSWORD })
  const page = await fetch(`${site.origin}/moderation/comment?id=${first}`, {
    headers: { cookie: cookies.get('desk')! },
  })
  const [, seen] = (await page.text()).match(`name="comment-${first}" value="([^"]+)"`)!
  await desk('decisions', { act: 'delete', [`comment-${first}`]: seen })
  const { acts } = await place.dump()
  await desk('undo', { batch: acts![0]!.batch })
  await desk('bans', { act: 'ban', comment: second, kind: 'reader', time: '1 hour' })
  const { bans } = await place.dump()
  await desk('bans', { act: 'unban', ban: bans![0]!.id })
  await desk('settings', { act: 'comments', comments: 'open' })
  await desk('erasures', { comment: second, sure: 'yes' })
  await desk('session', { act: 'sign-out' })
}

test('every route of the interface is in the document', async () => {
  const routes: string[] = []
  for (const file of globSync('app/api/**/route.ts')) {
    const handlers = (await import(/* @vite-ignore */ resolve(file))) as object
    const path = file.slice('app'.length, -'/route.ts'.length).replace('[id]', '{id}')
    for (const method of Object.keys(handlers)) routes.push(`${method.toLowerCase()} ${path}`)
  }
  const documented = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((name) => name !== 'parameters')
        .map((method) => `${method} ${path}`),
    )
  expect(documented.sort()).toEqual(routes.sort())
})

test('refusals are as the document says', async () => {
  const id = crypto.randomUUID()
  await call('post /api/votes', 422, { body: { vote: 'sideways', colour: 'red' } })
  await call('post /api/votes', 403, {
    body: { vote: 'up' },
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  await call('post /api/votes', 415, { headers: { 'content-type': 'text/plain' } })
  await call('get /api/comments/{id}', 404, { id })
  await call('patch /api/comments/{id}', 403, { id, body: { text: 'x' } })
  await call('get /api/comments', 422, { query: '?sort=sideways' })
  for (const path of Object.keys(document.paths))
    if (path.startsWith('/api/') && document.paths[path]!.get)
      await call(`get ${path}`, 400, { id, query: '?word=one&word=two' })
})

test('a form that is refused, and a stream, have types that are in the document', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  await call('post /api/votes', 422, { body: 'a form', headers })
  await call('post /api/votes', 403, { headers: { ...headers, 'sec-fetch-site': 'cross-site' } })
  const stream = await fetch(`${site.origin}/api/live`)
  await stream.body!.cancel()
  const { content } = document.paths['/api/live']!.get!.responses[200] as { content: object }
  expect(Object.keys(content)).toContain(stream.headers.get('content-type'))
})
