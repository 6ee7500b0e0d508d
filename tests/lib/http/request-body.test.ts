import { expect, test } from 'vitest'
import { isForm } from '#lib/http/request-body.ts'

test('only what a form sends without script is a form', () => {
  const post = (body: BodyInit, headers: HeadersInit = {}) =>
    new Request('http://localhost/api/comments', { method: 'POST', body, headers })
  expect(isForm(post(new URLSearchParams({ name: 'Ann' })))).toBe(true)
  expect(isForm(post('', { 'content-type': 'Application/X-WWW-Form-URLencoded' }))).toBe(true)
  expect(isForm(post('{}'))).toBe(false)
  expect(isForm(post(new FormData()))).toBe(false)
})
