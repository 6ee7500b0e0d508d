import { expect, test } from 'vitest'
import { hasLongQuery, routeName, trimSlashes } from '#lib/http/paths.ts'
import { growsFast } from '#tests/support/growth.ts'

const ID = '0192f7a0-1234-7abc-8def-0123456789ab'
const routes = new Set(['/', '/comments', '/api/comments/[id]', '/api/comments/[id]/reports'])

test.each([
  ['/', '/'],
  ['/comments', '/comments'],
  [`/api/comments/${ID}`, '/api/comments/[id]'],
  [`/api/comments/${ID.toUpperCase()}/reports`, '/api/comments/[id]/reports'],
  ['/_next/static/chunks/0a1b2c.js', '/_next/static/*'],
  [`/api/comments/${ID}/more`, '*'],
  ['/what/somebody/typed', '*'],
  ['/__proto__', '*'],
])('%s is of the route %s', (path, name) => {
  expect(routeName(path, (pattern) => routes.has(pattern))).toBe(name)
})

test.each([
  ['/author/', '/author'],
  ['/a//b///', '/a//b'],
  ['/author', '/author'],
  ['/', ''],
])('%s without the slashes at its end is %s', (path, trimmed) => {
  expect(trimSlashes(path)).toBe(trimmed)
})

test('slashes in the middle of a path are passed once', () => {
  expect(growsFast(trimSlashes, (size) => `/a${'/'.repeat(size)}b/`)).toBe(false)
})

test('a query is long from 1,025 characters on', () => {
  expect(hasLongQuery({ url: '/comments' })).toBe(false)
  expect(hasLongQuery({ url: `/${'a'.repeat(5_000)}?` })).toBe(false)
  expect(hasLongQuery({ url: `/?${'a'.repeat(1_024)}` })).toBe(false)
  expect(hasLongQuery({ url: `/?${'a'.repeat(1_025)}` })).toBe(true)
})
