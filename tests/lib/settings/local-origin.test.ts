import { expect, test } from 'vitest'
import { localOrigin } from '#lib/settings/local-origin.ts'

test.each([
  [undefined, 'http://localhost:3000'],
  ['example.org', 'http://example.org:3000'],
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['2001:db8::7', 'http://[2001:db8::7]:3000'],
  ['fe80::1%eth0', 'http://[fe80::1%25eth0]:3000'],
])('a server on %s is at %s', (host, origin) => {
  expect(localOrigin(host, 3000)).toBe(origin)
})

test('a server on all addresses is at the loopback address of their kind', () => {
  expect(localOrigin('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000')
  expect(localOrigin('::', 3000)).toBe('http://[::1]:3000')
})
