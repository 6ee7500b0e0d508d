import { afterEach, beforeEach, expect } from 'vitest'
import type { ErrorBody } from '#lib/http/request-error.ts'
import { closeStore } from '#lib/store/index.ts'
import { type TestDatabase, makeMigratedSqlite } from '#tests/support/stores.ts'

/** Gives each test of a route handler a store of its own. */
export function storePerTest(): void {
  let place: TestDatabase
  beforeEach(async () => {
    place = await makeMigratedSqlite()
    process.env.DATABASE_URL = place.url
  })
  afterEach(async () => {
    await closeStore()
    delete process.env.DATABASE_URL
    await place.remove()
  })
}

export const ORIGIN = 'http://localhost:3000'

export function get(path: string, headers: HeadersInit = {}): Request {
  return new Request(ORIGIN + path, { headers })
}

export function postJson(path: string, body: unknown, headers: HeadersInit = {}): Request {
  return new Request(ORIGIN + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export function postForm(
  path: string,
  fields: Record<string, string> | string,
  headers: HeadersInit = {},
): Request {
  return new Request(ORIGIN + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: ORIGIN,
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })
}

/** The cookie that a browser would send back after this answer. */
export function cookieOf(response: Response): { cookie: string } {
  return { cookie: response.headers.get('set-cookie')!.split(';')[0]! }
}

export async function expectError(
  response: Response,
  status: number,
  code: string,
): Promise<ErrorBody['error']> {
  expect(response.status).toBe(status)
  const { error } = (await response.json()) as ErrorBody
  expect(error).toMatchObject({ code, message: expect.stringMatching(/^[A-Z][^]*[.]$/) })
  return error
}
