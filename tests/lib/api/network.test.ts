import { expect, test } from 'vitest'
import { networkHash, networkOf, visitorHash } from '#lib/api/network.ts'
import { dayOf } from '#lib/time.ts'

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

test.each([
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['192.0.2.7', '::ffff:192.0.2.7', true],
  ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', true],
  ['2001:db8:1:2::1', '2001:0db8:0001:0002:0::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['::1', '::2', true],
  ['192.0.2.7', '192.0.2.7:5678', true],
  ['2001:db8:1:2::1', '[2001:db8:1:2::9]:443', true],
  ['nonsense', 'other nonsense', true],
  ['', '192.0.2.7', false],
])('%s and %s: one network is %s', (one, other, same) => {
  expect(networkOf(one) === networkOf(other)).toBe(same)
})

test('a network’s hash is none of a visitor, and holds no address', () => {
  const hash = networkHash('key', '192.0.2.1')
  expect(hash).not.toMatch(/192/)
  expect(hash).not.toBe(visitorHash('key', '192.0.2.1', ''))
  expect(networkHash('other key', '192.0.2.1')).not.toBe(hash)
})
