import { globSync, readFileSync } from 'node:fs'
import type { Node, Root } from 'mdast'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import { parseBounded } from '#lib/story/bounded-markdown.ts'

const parseUnbounded = (markdown: string): Root => remark().use(remarkGfm).parse(markdown)

const fill = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

describe('what people write is read as before', () => {
  const texts = ['content/*.md', 'docs/*.md', '*.md'].flatMap((pattern) => globSync(pattern))

  test.each(texts)('%s', (file) => {
    const markdown = readFileSync(file, 'utf8')
    const { tree, plainLines } = parseBounded(markdown)
    expect(plainLines).toEqual([])
    expect(tree).toEqual(parseUnbounded(markdown))
  })

  test.each([
    [
      'a story of 100 KB',
      'One *word* and [a link](https://a.example "b"), `code` — “so”.\n\n',
      1e5,
    ],
    ['a paragraph of 15 KB', 'The men were paid [on Monday](/a) *again*, she said, twice.\n', 15e3],
    ['a long list', '- [The Times](https://a.example/b_c), **1903**, p. 4, www.b.example\n', 3e4],
    ['a table', '| a | *b* | c@d.example |\n| - | - | - |\n| [e](f) | ~~g~~ | h |\n\n', 1e4],
    ['quotes in lists', '- > a\n  b\n  1. c\n\n     > d\ne\n\n', 1e4],
  ])('%s', (_, piece, length) => {
    const markdown = piece.repeat(length / piece.length)
    const { tree, plainLines } = parseBounded(markdown)
    expect(plainLines).toEqual([])
    expect(JSON.stringify(tree)).toBe(JSON.stringify(parseUnbounded(markdown)))
  })

  test('any short text', () => {
    const random = mulberry32(1)
    for (let run = 0; run < 300; run++) {
      const markdown = Array.from({ length: 12 }, () => pick(random)).join('')
      expect(parseBounded(markdown).tree).toEqual(parseUnbounded(markdown))
    }
  })
})

const PIECES = [
  ...['qu\r', 'qu ', 'qu', '\n', '\n\n', '\\\n', 'qu\n=\n', '- qu\n', '> qu\n', '\t', '---\n'],
  ...['>', '> ', '- ', '1. ', '# ', '*', '_', '`', '~', '[', ']', '<', '&', '!', '(', ')', '|'],
  ...['*qu ', 'qu* ', '_qu', '**qu** ', '*qu* ', '~qu ', 'qu~~ ', '`qu', '``qu`', '*qu_', '***'],
  ...['[qu]', '![', '![](qu', '[qu](qu', '](qu)', '[qu][qu] ', '[^qu]', '[^qu]: ', '[qu]: qu\n'],
  ...['<qu ', '<!--', '<qu@qu', '&qu', '&amp;', '\\', 'qu|qu\n', '|-|-|\n', '"', "'", '@qu.qu '],
  ...['www.qu ', 'http://qu.qu/(', 'qu@qu.qu ', 'qu@', 'qu.', 'qu-', 'w.', 'h', '1h'],
]

function pick(random: () => number): string {
  return PIECES[Math.floor(random() * PIECES.length)]!
}

/** Makes a generator of numbers from 0 to 1 that are the same each time. */
function mulberry32(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Counts a word in all that a tree holds: texts, code, addresses, titles. */
function countWord(tree: Root): number {
  let count = 0
  visit(tree, (node: Node) => {
    for (const [key, value] of Object.entries(node))
      if (key !== 'type' && typeof value === 'string') count += value.split('qu').length - 1
  })
  return count
}

/** The most steps of one paragraph: what it is allowed, and what a last sign reads ahead. */
const allowed = (length: number) => 10_000 + 30 * length

describe('the work grows with the length of the text', () => {
  test.each([
    ['a bracket that is not closed', `[${fill('a\r', 8_000)}`],
    ['a bracket before words', `[${fill('qu ', 8_000)}`],
    ['brackets that are not opened', fill('qu]', 8_000)],
    ['emphasis that is not opened', fill('qu* ', 8_000)],
    ['emphasis in emphasis', `${fill('*', 4_000)}qu${fill('*', 4_000)}`],
    ['pictures in pictures', `${fill('![', 4_000)}qu${fill('](b)', 4_000)}`],
    ['lines through words', fill('qu~~ ', 8_000)],
  ])('%s', (_, text) => {
    const { tree, plainLines, steps } = parseBounded(text)
    expect(plainLines).toHaveLength(1)
    expect(steps).toBeLessThan(allowed(text.length))
    expect(countWord(tree)).toBeGreaterThanOrEqual(text.split('qu').length - 1)
    const short = parseBounded(text.slice(0, 2_000)).steps
    expect(steps).toBeLessThan(10_000 + 5 * short)
  })

  test('whatever a search finds, and no word is lost', () => {
    const random = mulberry32(16)
    let worst = { before: '', repeated: 'qu ', steps: 0 }
    for (let run = 0; run < 90; run++) {
      let { before, repeated } = worst
      if (run % 3 === 0) before = (before + pick(random)).slice(-12)
      else repeated = run % 3 === 1 ? (repeated + pick(random)).slice(-12) : pick(random)
      const text = `${before}${fill(repeated, 4_000)}`
      const { tree, steps } = parseBounded(text)
      expect({ before, repeated, steps }).toEqual({
        before,
        repeated,
        steps: expect.toSatisfy((taken: number) => taken < allowed(text.length)),
      })
      expect(countWord(tree)).toBeGreaterThanOrEqual(text.split('qu').length - 1)
      if (steps > worst.steps) worst = { before, repeated, steps }
    }
    // The search comes to texts that are bounded, not only to harmless ones.
    expect(worst.steps).toBeGreaterThan(50_000)
  }, 120_000)

  test('a paragraph is plain from where it is too costly, the next is not', () => {
    const { tree, plainLines } = parseBounded(`*a*\n\n*b* [${'qu '.repeat(2_700)}*c*\n*d*\n\n*e*\n`)
    expect(plainLines).toEqual([3])
    const emphasised: string[] = []
    visit(tree, 'emphasis', ({ children: [text] }) => {
      if (text?.type === 'text') emphasised.push(text.value)
    })
    expect(emphasised).toEqual(['a', 'b', 'e'])
    expect(tree.children[1]).toHaveProperty(
      'children.1.value',
      expect.stringMatching(/qu \*c\*\n\*d\*$/),
    )
  })

  test('containers nest to a bounded depth, and lines across the page stay', () => {
    for (const piece of ['> ', '- ', '1. ', '>', '- > ']) {
      const { tree, plainLines } = parseBounded(`a\n\n${fill(piece, 8_000)}qu`)
      expect(plainLines).toEqual([3])
      expect(depth(tree)).toBeLessThan(80)
      expect(countWord(tree)).toBe(1)
    }
    expect(parseBounded(fill('- ', 400)).tree.children).toMatchObject([{ type: 'thematicBreak' }])
    expect(parseBounded(`${'\t'.repeat(40)}a - b > c`).plainLines).toEqual([])
  })

  test('few headings are underlined, and few lines belong to a quote without its marker', () => {
    const { tree, plainLines } = parseBounded('qu\n=\n'.repeat(1_000))
    expect(plainLines).toHaveLength(800)
    expect(countWord(tree)).toBe(1_000)
    const quoted = parseBounded(`> qu${'\nqu'.repeat(1_000)}`)
    expect(quoted.tree.children).toMatchObject([{ type: 'blockquote' }, { type: 'paragraph' }])
    expect(countWord(quoted.tree)).toBe(1_001)
  })
})

function depth(node: Node): number {
  const { children } = node as { children?: Node[] }
  return 1 + Math.max(0, ...(children ?? []).map(depth))
}
