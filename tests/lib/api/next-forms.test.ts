import { afterEach, expect, test, vi } from 'vitest'
import { json } from '#lib/http/responses.ts'
import { errorBody } from '#lib/http/request-error.ts'
import { rejectedFormOf, reshowUnderNext } from '#lib/api/next-forms.ts'

afterEach(() => void vi.unstubAllGlobals())

const form = (path: string, text = 'one') =>
  new Request(`http://127.0.0.1:3000${path}`, {
    method: 'POST',
    headers: { cookie: 'reader=1' },
    body: new URLSearchParams({ name: 'Ann', text }),
  })
const refusal = (code: string) =>
  json(errorBody(code, 'Please wait.'), 429, { 'retry-after': '7', 'set-cookie': 'reader=1' })

/** Stands in for the pages that Next serves. */
function serve(page: (address: string, headers: Headers) => Response): void {
  vi.stubGlobal('fetch', async (address: string, { headers }: RequestInit) =>
    page(address, new Headers(headers)),
  )
}

test('a refused form is answered with its page, under the status and headers of the refusal', async () => {
  const seen: unknown[] = []
  let asked = new Headers()
  serve((address, headers) => {
    asked = headers
    seen.push(address, headers.get('cookie'), rejectedFormOf(headers)?.values.text?.length)
    return new Response('<p>the page</p>')
  })
  // Longer than what fits into the headers of a request.
  const response = await reshowUnderNext(
    form('/api/comments', '字'.repeat(20_000)),
    refusal('busy'),
  )
  expect(seen).toEqual(['http://127.0.0.1:3000/comments?', 'reader=1', 20_000])
  expect(response.status).toBe(429)
  expect(await response.text()).toBe('<p>the page</p>')
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
    'retry-after': '7',
    'set-cookie': 'reader=1',
  })
  // Nobody else gets it, whatever they send.
  expect(rejectedFormOf(asked)).toBeUndefined()
  expect(rejectedFormOf(new Headers())).toBeUndefined()
})

test.each([
  ['too large', '/api/comments', 'too_large', '/too-large'],
  ['not confirmed', '/api/erasure', 'invalid', '/privacy'],
])('a form that is %s is answered with the page that says so', async (_, path, code, page) => {
  serve((address) => new Response(address))
  const response = await reshowUnderNext(form(path), refusal(code))
  expect(await response.text()).toBe(`http://127.0.0.1:3000${page}`)
})

test('a refusal without a page is told in plain text', async () => {
  serve(() => new Response('none', { status: 404 }))
  for (const [path, code] of [
    ['/api/comments', 'busy'],
    ['/api/comments', 'wrong_origin'],
    ['/api/erasure', 'busy'],
  ] as const) {
    const response = await reshowUnderNext(form(path), refusal(code))
    expect(response.status).toBe(429)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toBe('Please wait.')
  }
})
