import { expect, test } from 'vitest'
import { z } from 'zod'
import { isForm, readBody, readForm } from '#lib/http/request-body.ts'

test('only what a form sends without script is a form', () => {
  const post = (body: BodyInit, headers: HeadersInit = {}) =>
    new Request('http://localhost/api/comments', { method: 'POST', body, headers })
  expect(isForm(post(new URLSearchParams({ name: 'Ann' })))).toBe(true)
  expect(isForm(post('', { 'content-type': 'Application/X-WWW-Form-URLencoded' }))).toBe(true)
  expect(isForm(post('{}'))).toBe(false)
  expect(isForm(post(new FormData()))).toBe(false)
})

test.each([
  ['a form', 'application/x-www-form-urlencoded', 'a&'.repeat(90_000)],
  ['JSON', 'application/json', JSON.stringify(Object.fromEntries(fields(300)))],
])(
  '%s with more fields than any form has is refused before they are read',
  async (_, type, body) => {
    const post = () =>
      new Request('http://localhost', { method: 'POST', body, headers: { 'content-type': type } })
    const refusal = { status: 413, code: 'too_large' }
    await expect(readBody(post(), z.unknown())).rejects.toMatchObject(refusal)
  },
)

test('a form with many fields is never parsed, not even to show it again', async () => {
  const post = (count: number) =>
    new Request('http://localhost', { method: 'POST', body: new URLSearchParams(fields(count)) })
  await expect(readForm(post(300))).rejects.toMatchObject({ status: 413 })
  await expect(readForm(post(200))).resolves.toMatch(/^field0=0&/)
})

function fields(count: number): [name: string, value: string][] {
  return Array.from({ length: count }, (_, i) => [`field${i}`, String(i)])
}
