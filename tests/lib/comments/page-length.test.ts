import { expect, test } from 'vitest'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { TEXT_LIMIT } from '#lib/comments/validation.ts'
import { countFitting } from '#lib/comments/page-length.ts'

const comments = (count: number, text: string) =>
  Array.from({ length: count }, () => ({ text, body: parseComment(text) }))

test('fifty comments of several paragraphs fit', () => {
  const text = 'Some *forty* words, of which [one](https://example.org) is a link.\n\n'.repeat(8)
  expect(countFitting(comments(50, text))).toBe(50)
})

test('one fits, however long it is', () => {
  expect(countFitting(comments(3, 'x'.repeat(60_000)))).toBe(1)
  expect(countFitting([])).toBe(0)
})

test('texts are counted, and trees that are much longer than their texts', () => {
  expect(countFitting(comments(4, 'x'.repeat(20_000)))).toBe(2)
  for (const part of [
    'a\n',
    '- a\n',
    '1. a\n2) b\n',
    '> - a\n\n',
    '*a* ',
    '`a` ',
    'www.a.b ',
    '[a](http:b) ',
  ]) {
    const text = part.repeat(TEXT_LIMIT / part.length).trim()
    const all = comments(50, text)
    const page = all.slice(0, countFitting(all))
    expect(JSON.stringify(page.map(({ body }) => body)).length, part).toBeLessThan(160_000)
  }
})

test('a page has few lines, however short they are', () => {
  const all = comments(50, 'aa\n'.repeat(1_660))
  expect(countFitting(all)).toBe(1)
  expect(countFitting(comments(50, 'One\n\ntwo'))).toBe(50)
})
