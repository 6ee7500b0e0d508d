import { expect, test } from 'vitest'
import { networkHashes, networksOf, visitorHash } from '#lib/api/network.ts'
import { NETWORK_FACTORS } from '#lib/settings/limits.ts'
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
])('%s and %s: one narrowest network is %s', (one, other, same) => {
  expect(networksOf(one)[0] === networksOf(other)[0]).toBe(same)
})

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2::2', 3],
  ['2001:db8:1:200::1', '2001:db8:1:2ff::1', 2],
  ['2001:db8:1:200::1', '2001:db8:1:300::1', 1],
  ['2001:db8:1::1', '2001:db8:2::1', 0],
])('of the networks of %s and %s, narrowest first, the last %i are shared', (one, other, count) => {
  const [networks, others] = [networksOf(one), networksOf(other)]
  expect(networks).toHaveLength(NETWORK_FACTORS.length)
  expect(new Set(networks).size).toBe(3)
  const shared = networks.filter((network, i) => network === others[i])
  expect(shared).toEqual(networks.slice(3 - count))
})

test.each([
  ['mapped', '::ffff:c000:207'],
  ['mapped', '0:0:0:0:0:FFFF:192.0.2.7'],
  ['translated', '::ffff:0:192.0.2.7'],
  ['NAT64', '64:ff9b::192.0.2.7'],
  ['NAT64', '64:ff9b::c000:207'],
  ['6to4', '2002:c000:207:1::1'],
  ['6to4', '2002:c000:207:2::9'],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdf8'],
])('%s: %s counts as the IPv4 address that it stands for', (_, address) => {
  expect(networksOf(address)).toEqual(['192.0.2.7'])
})

test.each(['64:ff9b:1::192.0.2.7', '2001:db8::192.0.2.7', '2003::1'])(
  '%s stands for no IPv4 address',
  (address) => expect(networksOf(address)).toHaveLength(3),
)

test('a network’s hash is none of a visitor, and holds no address', () => {
  const [hash] = networkHashes('key', '192.0.2.1')
  expect(hash).not.toMatch(/192/)
  expect(hash).not.toBe(visitorHash('key', '192.0.2.1', ''))
  expect(networkHashes('other key', '192.0.2.1')).not.toContain(hash)
  expect(networkHashes('key', '192.0.2.1')).toEqual([hash])
  expect(new Set(networkHashes('key', '2001:db8::1')).size).toBe(3)
})
