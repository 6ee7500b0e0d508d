import { expect, test } from 'vitest'
import { deleteCookie, readCookies, readSignedCookies, setCookie } from '#lib/http/cookies.ts'

test('a cookie is found by its whole name, wherever it stands', () => {
  expect(readCookies('reader=a.b', 'reader')).toEqual(['a.b'])
  expect(readCookies('desk=c.d; reader=a.b;x=1', 'reader')).toEqual(['a.b'])
  expect(readCookies('desk=c.d;reader=a.b', 'reader')).toEqual(['a.b'])
  expect(readCookies('my-reader=a.b; Reader=c.d', 'reader')).toEqual([])
  expect(readCookies('other="reader=a.b"', 'reader')).toEqual([])
  expect(readCookies(null, 'reader')).toEqual([])
  expect(readCookies('', 'reader')).toEqual([])
  expect(readCookies('reader; =reader', 'reader')).toEqual([])
})

test('all of one name are found, first those that only this host can set, and nothing is decoded', () => {
  expect(readCookies('reader=a; reader=b; __Host-reader=c', 'reader')).toEqual(['c', 'a', 'b'])
  expect(readCookies('reader=a%2Eb', 'reader')).toEqual(['a%2Eb'])
  expect(readCookies('reader=', 'reader')).toEqual([''])
})

test('the name of a property is no cookie', () => {
  expect(readCookies('a=1', 'constructor')).toEqual([])
  expect(readCookies('a=1', '__proto__')).toEqual([])
})

test('only an id and its signature are taken, with nothing around them', () => {
  const signature = 's'.repeat(43)
  const odd = [
    '',
    '.',
    'x.y',
    `id.${signature}.x`,
    `id.${signature}x`,
    `.${signature}`,
    'x'.repeat(80),
  ]
  const forged = [...odd, `id ${signature}`, `i d.${signature}`, `"id.${signature}"`]
  const header = [...forged, `id.${signature}`].map((value) => `reader=${value}`).join('; ')
  expect(readSignedCookies(header, 'reader')).toEqual([{ id: 'id', signature }])
})

test('a cookie is for the whole site, and not for scripts', () => {
  const options = { maxAge: 60, sameSite: 'Lax', isSecure: false } as const
  expect(setCookie('reader', 'a.b', options)).toEqual({
    'set-cookie': 'reader=a.b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
  })
})

test('over https it is for this host alone', () => {
  const options = { maxAge: 60, sameSite: 'Strict', isSecure: true } as const
  expect(setCookie('desk', 'a.b', options)).toEqual({
    'set-cookie': '__Host-desk=a.b; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
  })
})

test('it is deleted under every name that it may have', () => {
  const deleted = (isSecure: boolean) => {
    const response = new Response()
    deleteCookie(response, 'desk', { sameSite: 'Strict', isSecure })
    return response.headers.getSetCookie()
  }
  const rest = 'Path=/; Max-Age=0; HttpOnly; SameSite=Strict'
  expect(deleted(false)).toEqual([`desk=; ${rest}`])
  expect(deleted(true)).toEqual([`__Host-desk=; ${rest}; Secure`, `desk=; ${rest}`])
})
