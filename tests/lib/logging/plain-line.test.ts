import { expect, test } from 'vitest'
import { plainLine } from '#lib/logging/plain-line.ts'

const plain = (line: object) => plainLine(`${JSON.stringify({ time: 0, ...line })}\n`)

test('at a terminal a line says what happened, and that it is no good news', () => {
  expect(plain({ level: 30, msg: 'Broadside is running at http://localhost:3000' })).toBe(
    'Broadside is running at http://localhost:3000\n',
  )
  expect(plain({ level: 40, msg: 'HOTS is no setting' })).toBe('Warning: HOTS is no setting\n')
  expect(plain({ level: 50, msg: 'no', err: { message: 'no', stack: 'Error: no\n  at a' } })).toBe(
    'Error: no\n  at a\n',
  )
})

test('what belongs to it is told as well', () => {
  expect(plain({ level: 40, msg: 'It does not answer', failure: '500' })).toBe(
    'Warning: It does not answer\n{"failure":"500"}\n',
  )
})

test('a request is its status, method, route and time', () => {
  const request = { level: 30, id: 'a', method: 'GET', route: '/', status: 200, bytes: 9, ms: 1.25 }
  expect(plain(request)).toBe('200 GET / 1.25 ms\n')
})

test('a terminal obeys nothing that is logged', () => {
  expect(plain({ level: 40, msg: '\u001b[31mred\u202e' })).not.toMatch(/[\u001b\u202e]/)
})
