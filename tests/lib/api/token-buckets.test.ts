import { expect, test } from 'vitest'
import { networksOf } from '#lib/api/network.ts'
import { TokenBuckets } from '#lib/api/token-buckets.ts'

const SECOND = 1_000
/** Takes as often as is allowed, at most `most` times, and tells how often that was. */
const takeAll = (buckets: TokenBuckets, addresses: string[], now: number) =>
  addresses.filter((address) => buckets.take(networksOf(address), now) === undefined).length
const times = (count: number, address: string) => Array.from({ length: count }, () => address)

test('a network gets five seconds of its minute at once, then what refills', () => {
  const buckets = new TokenBuckets(60)
  expect(takeAll(buckets, times(100, '192.0.2.1'), 0)).toBe(5)
  expect(buckets.take(['192.0.2.1'], 0)).toBe(1)
  expect(takeAll(buckets, times(100, '192.0.2.1'), 3.5 * SECOND)).toBe(3)
  expect(takeAll(buckets, times(100, '192.0.2.1'), 600 * SECOND)).toBe(5)
})

test('what was refused is not counted, and another network has its own', () => {
  const buckets = new TokenBuckets(60)
  takeAll(buckets, times(1_000, '192.0.2.1'), 0)
  expect(takeAll(buckets, times(10, '192.0.2.1'), 1 * SECOND)).toBe(1)
  expect(takeAll(buckets, times(100, '192.0.2.2'), 0)).toBe(5)
})

test('a slow budget has one at once, and says when the next comes', () => {
  const buckets = new TokenBuckets(1)
  expect(buckets.take(['192.0.2.1'], 0)).toBeUndefined()
  expect(buckets.take(['192.0.2.1'], 15 * SECOND)).toBe(45)
  expect(buckets.take(['192.0.2.1'], 60 * SECOND)).toBeUndefined()
})

test('the /64s of one IPv6 line share the amounts of its /56 and /48', () => {
  const spread = (count: number, make: (i: string) => string) =>
    Array.from({ length: count }, (_, i) => make(i.toString(16).padStart(2, '0')))
  const line = spread(256, (i) => `2001:db8:0:12${i}::1`)
  expect(takeAll(new TokenBuckets(60), line, 0)).toBe(20)
  const site = spread(256, (i) => `2001:db8:0:${i}00::1`)
  const twice = new TokenBuckets(60)
  expect(takeAll(twice, [...site, ...site], 0)).toBe(80)
})

test('a /64 that is refused takes nothing from the others of its /56', () => {
  const buckets = new TokenBuckets(60)
  expect(takeAll(buckets, times(1_000, '2001:db8::1'), 0)).toBe(5)
  expect(takeAll(buckets, times(1_000, '2001:db8:0:1::1'), 0)).toBe(5)
})

test('no more networks are remembered than fit, and those that ask are', () => {
  const buckets = new TokenBuckets(3)
  const often = ['192.0.2.1']
  expect(buckets.take(often, 0)).toBeUndefined()
  for (let i = 0; i < 100_000; i++) {
    buckets.take([`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`], 0)
    if (i % 1_000 === 0) expect(buckets.take(often, 0)).toBe(20)
  }
  // The first of the others has been forgotten.
  expect(buckets.take(['10.0.0.0'], 0)).toBeUndefined()
  expect(buckets.take(['10.1.134.159'], 0)).toBe(20)
})
