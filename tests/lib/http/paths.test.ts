import { expect, test } from 'vitest'
import { routeName } from '#lib/http/paths.ts'

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
