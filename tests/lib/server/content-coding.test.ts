import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { BEST, chooseCoding, encode, GOOD } from '#lib/server/content-coding.ts'

test.each([
  ['br, gzip', 'br'],
  ['gzip, br', 'br'],
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.5', 'br'],
  ['br ;q=0.0', undefined],
  ['x-br, brx', undefined],
  ['identity', undefined],
  ['', undefined],
  [undefined, undefined],
])('of %s, %s is chosen', (accepted, coding) => {
  expect(chooseCoding(accepted)).toBe(coding)
})

test('what is encoded is decoded to the same', async () => {
  const content = Buffer.from('Words, words, words. '.repeat(5_000))
  for (const how of [undefined, GOOD, BEST]) {
    expect(brotliDecompressSync(await encode(content, 'br', how))).toEqual(content)
    expect(gunzipSync(await encode(content, 'gzip', how))).toEqual(content)
    expect(await encode(content, undefined, how)).toBe(content)
  }
})
