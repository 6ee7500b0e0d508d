import { expect, test } from 'vitest'
import { bearerOf, isSameSecret, keyedHash } from '#lib/http/secrets.ts'

test('a signature stays what it was: cookies and bans hold it for a year and longer', () => {
  expect(keyedHash('key', 'text')).toBe('swdt0ITtMJf8v887LuEskHUPaflpk2-pW4ym0rhtDdk')
})

test('another key or another text makes another hash', () => {
  const hashes = [keyedHash('a', 'text'), keyedHash('b', 'text'), keyedHash('a', 'texts')]
  expect(new Set(hashes).size).toBe(3)
})

test('only the same secret is the same, whatever its length', () => {
  expect(isSameSecret('secret', 'secret')).toBe(true)
  expect(isSameSecret('schlüssel', 'schlüssel')).toBe(true)
  for (const given of ['', 'secre', 'Secret', 'secret ', 'secretsecret'])
    expect(isSameSecret(given, 'secret'), given).toBe(false)
  expect(isSameSecret('', '')).toBe(true)
})

test('a bearer token is read from its header alone', () => {
  const read = (authorization: string) =>
    bearerOf(new Request('http://localhost', { headers: { authorization } }))
  expect(read('Bearer token')).toBe('token')
  expect(read('bearer token')).toBe('token')
  expect(read('Basic token')).toBeUndefined()
  expect(read('Bearer two words')).toBeUndefined()
})
