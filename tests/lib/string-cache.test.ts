import { expect, test } from 'vitest'
import { StringCache } from '#lib/string-cache.ts'

test('a string is made once while it is kept', () => {
  const cache = new StringCache(100)
  const made: string[] = []
  const get = (key: string) =>
    cache.get(key, () => {
      made.push(key)
      return key.repeat(10)
    })
  expect([get('a'), get('a'), get('b')]).toEqual(['a'.repeat(10), 'a'.repeat(10), 'b'.repeat(10)])
  expect(made).toEqual(['a', 'b'])
})

test('what was not used for longest goes first, and what is larger than all is not kept', () => {
  const cache = new StringCache(25)
  const made: string[] = []
  const get = (key: string, size = 10) =>
    cache.get(key, () => {
      made.push(key)
      return 'x'.repeat(size)
    })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) get(key)
  expect(made).toEqual(['a', 'b', 'c', 'b'])
  get('d', 30)
  get('d', 30)
  expect(made.slice(4)).toEqual(['d', 'd'])
})
