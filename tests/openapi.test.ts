import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWN_PAGE, type Site, startSite } from '#tests/start-site.ts'
import { type Place, sqlitePlace } from '#tests/stores.ts'

type Document = {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
}

let place: Place
let site: Site
let document: Document
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
/** Those that were answered as the document says. */
const called = new Set<string>()
let cookie = ''

beforeAll(async () => {
  place = await sqlitePlace()
  site = await startSite(place.url)
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
      cookie,
      ...(method !== 'get' && OWN_PAGE),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
  const text = await response.text()
  expect(response.status, text).toBe(status)
  const said = document.paths[path]![method]!.responses[status] as Record<string, unknown>
  expect(said, `${name} ${status}`).toBeDefined()
  const type = response.headers.get('content-type')!.split(';')[0]!
  const steps = ['paths', path, method, 'responses', String(status)]
  const pointer = said.$ref
    ? '/components/responses/Refusal'
    : `/${steps.map((step) => step.replaceAll('/', '~1')).join('/')}`
  const at = `${pointer}/content/${type.replace('/', '~1')}/schema`
  const validate = ajv.getSchema(`openapi#${encodeURI(at)}`)!
  const answer: unknown = type === 'application/json' ? JSON.parse(text) : text
  expect(validate(answer), JSON.stringify(validate.errors)).toBe(true)
  if (status < 400) called.add(name)
  return answer as { id: string }
}

test('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

test('every operation answers as the document says', async () => {
  const key = crypto.randomUUID()
  const comment = {
    name: 'Ann',
    text: 'A *word*, `code`, a [link](https://example.org)\n\n> q\n\n1. one',
    key,
  }
  await call('get /api/health', 200)
  await call('get /api/health', 200, { query: '?check=live' })
  await call('get /api/votes', 200)
  await call('post /api/votes', 200, { body: { vote: 'up' } })
  await call('post /api/views', 200, { headers: { 'user-agent': 'Mozilla/5.0' } })
  const { id } = await call('post /api/comments', 201, { body: comment })
  const { id: answer } = await call('post /api/comments', 201, {
    body: { ...comment, key: crypto.randomUUID(), parent: id },
  })
  await call('post /api/comments', 200, { body: { act: 'preview', text: 'A **word**' } })
  await call('get /api/comments', 200, { query: '?sort=best' })
  await call('get /api/live', 200, { query: '?since=0', headers: { accept: 'application/json' } })
  await call('get /api/comments/{id}', 200, { id })
  await call('patch /api/comments/{id}', 200, { id, body: { text: 'Other words' } })
  await call('post /api/comments/{id}/reports', 201, { id, body: { reason: 'spam' } })
  await call('get /comments.atom', 200)
  await call('delete /api/comments/{id}', 200, { id })
  await call('delete /api/comments/{id}', 200, { id: answer })
  await call('post /api/erasure', 200, { body: { confirm: 'yes' } })
  await call('get /api/challenge', 200)
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((name) => name !== 'parameters')
      .map((method) => `${method} ${path}`),
  )
  expect([...called].sort()).toEqual(all.sort())
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
})
