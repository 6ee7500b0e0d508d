import { expect, test } from 'vitest'
import { ApiError, isUnsent } from '#lib/browser/api-client.ts'

const failed = (status: number, code = '') => isUnsent(new ApiError(status, 'No.', { code }))

test('what nobody has answered may be sent again', () => {
  expect(failed(0)).toBe(true)
})

test('an answer that was cut off, or is a proxy’s, is none', () => {
  for (const status of [200, 201, 502, 503, 504]) expect(failed(status), `${status}`).toBe(true)
})

test('what the server has refused is not sent again', () => {
  expect(failed(403, 'comments_closed')).toBe(false)
  expect(failed(503, 'unavailable')).toBe(false)
  expect(failed(413)).toBe(false)
  expect(failed(500)).toBe(false)
})
