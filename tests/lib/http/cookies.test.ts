import { expect, test } from 'vitest'
import { readCookie, setCookie } from '#lib/http/cookies.ts'

test('a cookie is found by its whole name, wherever it stands', () => {
  expect(readCookie('reader=a.b', 'reader')).toBe('a.b')
  expect(readCookie('desk=c.d; reader=a.b;x=1', 'reader')).toBe('a.b')
  expect(readCookie('desk=c.d;reader=a.b', 'reader')).toBe('a.b')
  expect(readCookie('my-reader=a.b; Reader=c.d', 'reader')).toBeUndefined()
  expect(readCookie('other="reader=a.b"', 'reader')).toBeUndefined()
  expect(readCookie(null, 'reader')).toBeUndefined()
  expect(readCookie('', 'reader')).toBeUndefined()
})

test('of two with one name the first counts, and nothing is decoded', () => {
  expect(readCookie('reader=a.b; reader=c.d', 'reader')).toBe('a.b')
  expect(readCookie('reader=a%2Eb', 'reader')).toBe('a%2Eb')
  expect(readCookie('reader=', 'reader')).toBe('')
})

test('the name of a property is no cookie', () => {
  expect(readCookie('a=1', 'constructor')).toBeUndefined()
  expect(readCookie('a=1', '__proto__')).toBeUndefined()
})

test('a cookie is for the whole site, and not for scripts', () => {
  const options = { maxAge: 60, sameSite: 'Lax', isSecure: false } as const
  expect(setCookie('reader', 'a.b', options)).toEqual({
    'set-cookie': 'reader=a.b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
  })
  expect(setCookie('desk', '', { maxAge: 0, sameSite: 'Strict', isSecure: true })).toEqual({
    'set-cookie': 'desk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
  })
})
