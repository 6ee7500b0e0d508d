import { afterEach, expect, test, vi } from 'vitest'
import { POST } from '#app/api/views/route.ts'
import { ORIGIN, storePerTest } from '#tests/support/handlers.ts'

storePerTest()
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36'
const view = async (address: string, browser: string | null = CHROME) => {
  const headers: HeadersInit = { 'x-forwarded-for': address, origin: ORIGIN }
  if (browser !== null) headers['user-agent'] = browser
  const response = await POST(new Request(`${ORIGIN}/api/views`, { method: 'POST', headers }))
  expect(response.headers.get('set-cookie')).toBeNull()
  return ((await response.json()) as { views: number }).views
}

test('a reader counts once a day, told by address and browser', async () => {
  expect(await view('192.0.2.1')).toBe(1)
  expect(await view('192.0.2.1')).toBe(1)
  expect(await view('192.0.2.2')).toBe(2)
  expect(await view('192.0.2.1', CHROME.replace('150', '151'))).toBe(3)
})

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'curl/8.0',
  null,
])('%s is left out', async (browser) => {
  expect(await view('192.0.2.1', browser)).toBe(0)
})

afterEach(() => {
  vi.useRealTimers()
})

test('the next day a reader counts again, and under another key', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 1, 26, 23, 59) })
  expect(await view('192.0.2.1')).toBe(1)
  vi.setSystemTime(Date.UTC(2026, 1, 27, 0, 1))
  expect(await view('192.0.2.1')).toBe(2)
})
