import { expect, test } from 'vitest'
import { dayOf, visitorHash } from '#lib/views.ts'

test('a day begins at midnight UTC', () => {
  expect(dayOf(Date.UTC(1970, 0, 2) - 1)).toBe(0)
  expect(dayOf(Date.UTC(1970, 0, 2))).toBe(1)
})

test('a visitor is the same for a key, an address and a browser, and only then', () => {
  const hash = visitorHash('key', '192.0.2.1', 'Browser')
  expect(visitorHash('key', '192.0.2.1', 'Browser')).toBe(hash)
  const others = [
    visitorHash('other key', '192.0.2.1', 'Browser'),
    visitorHash('key', '192.0.2.2', 'Browser'),
    visitorHash('key', '192.0.2.1', 'Other'),
    visitorHash('key', '192.0.2.1B', 'rowser'),
  ]
  expect(new Set([hash, ...others]).size).toBe(5)
})

test('the hash holds neither the address nor the browser', () => {
  expect(visitorHash('key', '192.0.2.1', 'Browser')).not.toMatch(/192|Browser/)
})
