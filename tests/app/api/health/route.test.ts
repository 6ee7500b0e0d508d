import { expect, test, vi } from 'vitest'
import { GET } from '#app/api/health/route.ts'
import { log } from '#lib/logging/log.ts'
import { expectError, get, storePerTest } from '#tests/support/handlers.ts'

storePerTest()

test('says ready when the data can be read', async () => {
  const response = await GET(get('/api/health'))
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ status: 'ready' })
})

test('says when the store cannot be reached, and recovers', async () => {
  const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
  const url = process.env.DATABASE_URL
  process.env.DATABASE_URL = 'postgres://localhost:1/nowhere'
  const response = await GET(get('/api/health'))
  expect(response.headers.get('retry-after')).toBe('30')
  await expectError(response, 503, 'unavailable')
  expect(logged).toHaveBeenCalledOnce()
  process.env.DATABASE_URL = url
  expect((await GET(get('/api/health'))).status).toBe(200)
})
