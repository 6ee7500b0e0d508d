// Tests lib/story/bare-addresses.ts, lib/address-end.ts
import type { Link } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import { expect, test } from 'vitest'
import { parseBounded } from '#lib/story/bounded-markdown.ts'

function addresses(markdown: string): string[] {
  const found: string[] = []
  visit(parseBounded(markdown).tree, 'link', (link: Link) => {
    expect(link.url.replace('http://www', 'www').replace('mailto:', '')).toBe(toString(link))
    found.push(toString(link))
  })
  return found
}

test.each([
  [
    '原文：https://example.com/news/123。大家看看（另见https://example.com/b）',
    ['https://example.com/news/123', 'https://example.com/b'],
  ],
  ['https://example.com/a، و', ['https://example.com/a']],
  ['هل رأيت https://example.com/a؟', ['https://example.com/a']],
  ['देखें https://example.com/a। और', ['https://example.com/a']],
  ['“https://example.com/a”, «www.example.com»', ['https://example.com/a', 'www.example.com']],
  ['https://example.com/a——这里……', ['https://example.com/a']],
  ['https://example.com/a.。', ['https://example.com/a']],
  ['www.example.com／路径', ['www.example.com']],
  ['请看www.example.com，或写信给a@example.com。', ['www.example.com', 'a@example.com']],
  ['**见https://example.com。**然后', ['https://example.com']],
  ['[ 见 https://example.com/a。然后', ['https://example.com/a']],
])('an address ends at punctuation of every script: %s', (markdown, expected) => {
  expect(addresses(markdown)).toEqual(expected)
})

test.each([
  'https://en.wikipedia.org/wiki/Michelson–Morley_experiment',
  'https://ja.wikipedia.org/wiki/ジョン・レノン',
  'https://ar.wikipedia.org/wiki/مصر',
  'https://例え.jp/パス_(音楽)',
  'https://example.com/~a/b-c?d=e,f;g#h',
])('and not in a name: %s', (address) => {
  expect(addresses(`(${address}).`)).toEqual([address])
})

test('no text after an address is lost', () => {
  const markdown = '[ 见 https://example.com/a。然后，www.example.com、完'
  expect(toString(parseBounded(markdown).tree)).toBe(markdown)
})
