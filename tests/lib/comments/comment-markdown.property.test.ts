// Tests lib/comments/comment-markdown.ts, lib/comments/markdown-blocks.ts, lib/comments/line-cursor.ts,
// lib/comments/markdown-inline.ts, lib/comments/emphasis.ts, lib/comments/autolinks.ts, lib/comments/link-resources.ts
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ADDRESS_END } from '#lib/address-end.ts'
import { type CommentNode, parseComment } from '#lib/comments/comment-markdown.ts'
import { TEXT_LIMIT, textProblem } from '#lib/comments/validation.ts'
import { parseReference, type ReferenceNode } from '#tests/support/reference-markdown.ts'

const RUNS = process.env.LONG ? 100_000 : 2_000
const SEARCH_STEPS = process.env.LONG ? 20_000 : 300
const TIMEOUT = process.env.LONG ? 3_600_000 : 120_000

const SIGNS = [
  ...['>', '> ', '>>', '- ', '* ', '+ ', '1. ', '7) ', '- > ', '> - '],
  ...['*', '**', '***', '_', '__', '`', '``', '```\n', '~~~\n', '~~'],
  ...['[', ']', '](', '![', ')', '(', '[x](', '][', ']: ', '<', '>', '\\', '\\\n'],
  ...['\n', '\n\n', '\r\n', '\r', '\t', '  \n', '    ', ' ', '\u2028', '\u00a0'],
  ...['# ', '===\n', '---\n', '***\n', '| a |', '|-|\n', ':', '!', '"', "'", '=', '/', '.', '@'],
]
const ADDRESSES = [
  ...['https://a.example', 'http://b.example/c?d=e#f', 'HTTPS://G.EXAMPLE', 'www.h.example'],
  ...['i@j.example', 'mailto:k@l.example', 'xmpp:m@n.example', '//o.example', '/p', '#q'],
  ...[
    'javascript:',
    'JaVaScRiPt:',
    'data:text/html,',
    'vbscript:',
    'file:///',
    'https:',
    'http://',
  ],
  ...['java\tscript:', 'java\nscript:', 'http://[', 'https://%', 'https://r.example:99999'],
]
const HTML = [
  ...['<script>', '</script>', '<img src=x onerror=alert(1)>', '<b>', '</p>', '<!--', '-->', '<?'],
  ...['<![CDATA[', ']]>', '<a href="', '" onclick="', '<div>\n\n', '<svg/onload=1>'],
]
const ENTITIES = ['&amp;', '&lt;', '&#x6a;', '&#106;', '&colon;', '&Tab;', '&', '&#', '&x;']
const WORDS = [
  'word',
  'Слово',
  '語',
  'ع',
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '12',
  '3',
  'a_b',
  'x',
  'ſ',
  'ﬁ',
  '\u200d',
]

/** Punctuation and letters of scripts that have rules of their own for emphasis and addresses. */
const UNSPACED = [
  ...['。', '，', '、', '（', '）', '“', '”', '’', '「', '」', '～', '〜', '・', '—', '…', '：'],
  ...['،', '؟', '।', '»', '中', 'の', '한', '\u{20bb7}', '\ufe00', '\u{e0100}', '\u3000', 'ｗ'],
]

/** Text as nobody would think of it, and text that nearly means something. */
const textOf = (...lists: string[][]) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    {
      weight: 4,
      arbitrary: fc
        .array(
          fc.oneof(
            ...lists.map((list) => fc.constantFrom(...list)),
            fc.string({ unit: 'binary', maxLength: 3 }),
          ),
          { maxLength: 60 },
        )
        .map((pieces) => pieces.join('')),
    },
  )
const anyText = textOf(SIGNS, SIGNS, ADDRESSES, HTML, ENTITIES, WORDS)
/** The site takes no NUL. */
const isTaken = (text: string) => !text.includes('\0') && text.isWellFormed()

/** MAX_NESTING in lib/comments/markdown-blocks.ts, and what may stand there: an item, its paragraph, a text. */
const DEEPEST = 8 + 3

type Kind = Exclude<CommentNode, string>['type']
const INLINE: Kind[] = ['break', 'code', 'link', 'emphasis', 'strong']
const BLOCKS: Kind[] = ['paragraph', 'codeBlock', 'quote', 'list']
/** What each kind has beside its type, and what may stand in it; a text is inline. */
const SHAPES: Record<Kind, { keys: string[]; inside: Kind[] }> = {
  break: { keys: [], inside: [] },
  code: { keys: ['text'], inside: [] },
  codeBlock: { keys: ['text'], inside: [] },
  paragraph: { keys: ['children'], inside: INLINE },
  emphasis: { keys: ['children'], inside: INLINE },
  strong: { keys: ['children'], inside: INLINE },
  link: { keys: ['address', 'children'], inside: INLINE.filter((kind) => kind !== 'link') },
  quote: { keys: ['children'], inside: BLOCKS },
  list: { keys: ['start', 'children'], inside: ['item'] },
  item: { keys: ['children'], inside: BLOCKS },
}

function expectShape(nodes: CommentNode[], inside: Kind[], depth = 1): void {
  expect(depth).toBeLessThanOrEqual(DEEPEST)
  for (const node of nodes) {
    if (typeof node === 'string') {
      expect([node, inside.includes('break')]).toEqual([node, true])
      expect(node).not.toBe('')
      continue
    }
    expect(inside).toContain(node.type)
    const { keys, inside: within } = SHAPES[node.type]
    expect(Object.keys(node).sort()).toEqual(['type', ...keys].sort())
    if ('text' in node) expect(node.text).toBeTypeOf('string')
    if (node.type === 'list')
      expect(node.start === null || Number.isSafeInteger(node.start)).toBe(true)
    if (node.type === 'link') expect(new URL(node.address).protocol).toMatch(/^(?:https?|mailto):$/)
    if ('children' in node)
      expectShape(
        node.children,
        // A link keeps what stands in it from being another, however deep.
        inside.includes('break') && !inside.includes('link')
          ? within.filter((kind) => kind !== 'link')
          : within,
        depth + 1,
      )
  }
}

test(
  'any text becomes allowed nodes only, in their shapes, to a bounded depth',
  () => {
    fc.assert(
      fc.property(anyText, (text) => expectShape(parseComment(text), BLOCKS)),
      { numRuns: RUNS },
    )
  },
  TIMEOUT,
)

test(
  'what nests without end is shown to a bounded depth',
  () => {
    const nesting = fc.constantFrom('> ', '- ', '1. ', '* ', '*a ', '**a ', '[', '_a ', '>- ')
    fc.assert(
      fc.property(fc.array(nesting, { maxLength: 40 }), (pieces) => {
        const ends = pieces.map((piece) => /^[*_]+/.exec(piece)?.[0] ?? '').reverse()
        expectShape(parseComment(`${pieces.join('')}x${ends.join('')}`), BLOCKS)
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT,
)

function saidBy(nodes: CommentNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      switch (node.type) {
        case 'break':
          return '\n'
        case 'code':
        case 'codeBlock':
          return node.text
        case 'link':
          return `${saidBy(node.children)} ${node.address}`
        case 'list':
          return `${node.start ?? ''} ${saidBy(node.children)}`
        default:
          return saidBy(node.children)
      }
    })
    .join(' ')
}

/** The first of `wanted` that does not come in its turn. */
function firstLost(wanted: string[], said: string): string | undefined {
  let from = 0
  for (const character of wanted) {
    const at = said.indexOf(character, from)
    if (at < 0) return character
    from = at + character.length
  }
}

describe('nothing that was written is lost', () => {
  /** Whatever can be no sign of Markdown: letters, digits, marks, emoji, every other script. */
  const KEPT = /[^\s\p{Cc}!-/:-@[-`{-~]/gu

  /**
   * Markdown says some things by other means than text: the word after the signs that open a fence, a
   * link's title, characters of an address written as entities or behind a backslash, and every number
   * but the first of a list.
   */
  const hasOtherMeans = (text: string) =>
    /`{3}|~{3}/.test(text) || /\]\([^]*\s["'(]/.test(text) || /\]\([^]*&/.test(text)
  const hasNumbers = (text: string) => /^[\s>*+-]*\d+[.)]/m.test(text)

  const plainSigns = SIGNS.filter((sign) => !/^(?:`{3}|~{3}|["'])/.test(sign))

  test(
    'every character but white space and ASCII signs is shown, in its order',
    () => {
      let compared = 0
      fc.assert(
        fc.property(textOf(plainSigns, plainSigns, ADDRESSES, HTML, WORDS), (text) => {
          if (!isTaken(text) || hasOtherMeans(text)) return
          compared++
          const kept = hasNumbers(text) ? text.replace(/\d/g, '') : text
          expect(firstLost(kept.match(KEPT) ?? [], saidBy(parseComment(text)))).toBeUndefined()
        }),
        { numRuns: RUNS },
      )
      expect(compared).toBeGreaterThan(RUNS / 2)
    },
    TIMEOUT,
  )

  test(
    'words without signs are shown to the letter, but for white space',
    () => {
      const plain = fc
        .oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc.string({ unit: 'binary', maxLength: 300 }),
        )
        .map((text) => text.replace(/[\\`*_[\]<>@:.+~()\d\0-]/g, ''))
      fc.assert(
        fc.property(plain, (text) => {
          const all = (said: string) => said.replace(/\s+/gu, '')
          expect(all(saidBy(parseComment(text)))).toBe(all(text))
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT,
  )

  test.each([
    '[https://a.example:99999 was its address',
    'see [http://256.256.256.256]',
    '[1] [www.a.example:99999/x] [2]',
  ])('also where a bracket stands before an address that leads nowhere: %s', (text) => {
    expect(saidBy(parseComment(text)).replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''))
  })

  test.each([
    '\ufeff[a](javascript:x) end',
    '\ufeffab [a](javascript:x) <end',
    `\ufeff${'>'.repeat(8)}- x`,
  ])('also after a byte order mark: %j', (text) => {
    const all = (said: string) => said.replace(/\s+/gu, '')
    expect(all(saidBy(parseComment(text)))).toContain(all(text.replace(/^\ufeff>*(?:- )?/, '')))
  })
})

describe("a text is read as CommonMark and GitHub's addresses have it", () => {
  const LINKS = [
    '[a](https://b.example)',
    '[a](<b> "c")',
    '(d "e")',
    '<https://f.example>',
    '<g@h.example>',
  ]
  const LINES = [
    '\n> ',
    '\n- ',
    '\n  ',
    '\n\n   ',
    '\n1) ',
    '\n2. ',
    '\n\t',
    '\n> - ',
    '\n```',
    '\n---',
  ]

  test(
    'whatever stands in it',
    () => {
      let compared = 0
      fc.assert(
        fc.property(
          textOf(SIGNS, SIGNS, LINES, LINKS, ADDRESSES, HTML, ENTITIES, WORDS, UNSPACED),
          (text) => {
            // Here addresses end at other punctuation, too.
            if (!isTaken(text) || (/https?:|www\./i.test(text) && ADDRESS_END.test(text))) return
            const expected = parseReference(text)
            if (!expected) return
            compared++
            expect(withoutAddresses(parseComment(text))).toEqual(expected.map(withoutLastLines))
          },
        ),
        { numRuns: RUNS },
      )
      expect(compared).toBeGreaterThan(RUNS / 2)
    },
    TIMEOUT,
  )

  test.each([
    ['a list that begins with a number other than 1 after a paragraph', 'a\n2. b\n\n2. c'],
    ['a tab of which a quote takes a part', '>\t- a\n>\n>\t  b'],
    ['an item that begins with two blank lines', '-\n\n  a'],
    ['code in an item that ends with it', '- ```\n  a\n\nb'],
    ['emphasis with the rule of three', '*a**b*** ***c** d* __e_f__'],
    ['a pair of backticks after an escaped one', '\\``a`` `` ` ``'],
    ['nested parentheses', `[a](b:${'('.repeat(32)}c${')'.repeat(32)}) [d](e:${'('.repeat(33)})`],
    [
      'titles that nobody sees',
      '[a](https://b.example "d\\"e") [a](https://b.example (d) [a](https://b.example \'d\n\')',
    ],
    [
      'a link in a link',
      '[a [b](https://b.example) e](https://c.example) [<d@e.example>](https://f.example)',
    ],
    ['an underscore in a domain', 'www.a_b.c www.a_b.c.d http://x_y.z _www.e_'],
    ['punctuation after an address', '(https://a.example/b(c)). www.d.example&amp;, <b'],
    ['an address after a bracket', '[ a@b.example www.c.example'],
    [
      'emphasis at Chinese punctuation',
      '**“强调”**是这样的。这是**重点。**但是 __“a”__中 *「の」*は',
    ],
    ['emphasis at a varied character', '**葛\u{e0100}。**の **“\ufe00”**中 中**a\u{20bb7}**。'],
  ])('%s', (_, text) => {
    expect(withoutAddresses(parseComment(text))).toEqual(
      parseReference(text)!.map(withoutLastLines),
    )
  })

  /** The tree without the addresses that follow the text of links. */
  function withoutAddresses(nodes: CommentNode[]): ReferenceNode[] {
    return nodes.map((node): ReferenceNode => {
      if (typeof node === 'string' || !('children' in node)) return withoutLastLines(node)
      const children = withoutAddresses(node.children)
      const isAdded = node.type === 'link' && children.at(-1) === ` (${new URL(node.address).href})`
      return { ...node, children: isAdded ? children.slice(0, -1) : children }
    })
  }

  /** Line ends after code are nothing that a reader sees. */
  function withoutLastLines(node: ReferenceNode): ReferenceNode {
    if (typeof node === 'string') return node
    if (node.type === 'codeBlock') return { ...node, text: node.text.replace(/[\r\n]+$/, '') }
    return 'children' in node ? { ...node, children: node.children.map(withoutLastLines) } : node
  }
})

describe('four times the text takes about four times as long', () => {
  const hostile: [string, string][] = [
    ...['>', '*', '_', '`', '[', ']', '<', '@', '&', '\\', '~', '-', '+', '#', '!', '(', '.', '|'],
    ...['> ', '- ', '* ', '1. ', '1) ', '> - ', '>- ', '- > ', '- - ', '>>', '  - a\n', '> a\n'],
    ...[
      '- a\n',
      '- a\n\n',
      '1. a\n',
      '-\n',
      '> -\n',
      '> >\n',
      '---\n',
      '***\n',
      '\n',
      'a\n',
      '\\\n',
    ],
    ...[
      '*a ',
      '**a ',
      '***a ',
      '_a ',
      '*a* ',
      '**a** ',
      '*a_b',
      '_*',
      '*_a_* ',
      '**a*b',
      'a*',
      '**',
    ],
    ...[
      '[]',
      '[a]',
      '[a](',
      '[a](b ',
      '[a](<',
      '](',
      '![',
      '![a](',
      '[*',
      '*[',
      '[`',
      '[a][b]',
      '[[',
    ],
    ...[
      '``',
      '`a',
      '``a`',
      '`a``',
      '```\n',
      '~~~\n',
      '`*',
      '<a',
      '<http://a',
      '<a@b',
      '<!--',
      '<b>',
    ],
    ...[
      'www.',
      'www.a ',
      'WWW.a.',
      'www',
      'http://',
      'http://a ',
      'https://a.b/(',
      'http:',
      'http',
    ],
    ...[
      'http://a.b/_',
      'http://a.b)',
      'http://a.b/&amp;',
      'a@b.c',
      'a@b.c ',
      'a@',
      'a.',
      'a+b@',
      '.-',
    ],
    ...[
      'mailto:',
      'mailto:a@b',
      'xmpp:a@b',
      '&amp;',
      '&#',
      '[a]: b\n',
      '[a]: b\n[a] ',
      'a_b',
      ' ',
      '\t',
    ],
    ...['*[`<', '>*[`_<@', '- > *[a](b `', 'www.*a_', '_www.', 'a@*', '**[www.a](`', '1. > - '],
  ].flatMap((piece): [string, string][] => [
    [JSON.stringify(piece), piece],
    [`${JSON.stringify(piece)} among words`, `${piece}${'word '.repeat(5)}`],
  ])
  const fill = (piece: string, length: number) =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

  function time(work: () => void): number {
    const start = performance.now()
    work()
    return performance.now() - start
  }
  /** What is too short to be measured, in milliseconds. */
  const GRAIN = 0.2
  /** Linear is 4, quadratic 16. */
  const MOST = 7

  /**
   * Between the shortest of 3 times each, taken by turns. Other work on the machine only adds to a
   * time, so a growth that looks too large is measured on.
   */
  function growth(work: (length: number) => void): number {
    let [short, long] = [Infinity, Infinity]
    let found = Infinity
    for (let run = 0; run < 3 || (found > MOST && run < 150); run++) {
      short = Math.min(
        short,
        time(() => work(1_250)),
      )
      long = Math.min(
        long,
        time(() => work(5_000)),
      )
      found = (long + GRAIN) / (short + GRAIN)
    }
    return found
  }

  test.each(hostile)('%s', (_, piece) => {
    const texts = new Map([1_250, 5_000].map((length) => [length, fill(piece, length)]))
    expect(growth((length) => parseComment(texts.get(length)!))).toBeLessThan(MOST)
  })

  /** Pieces of a text: the second is repeated until the text is as long as one may be. */
  type Recipe = { before: string; repeated: string; after: string; marks: number }
  const [PIECES, AROUND] = [[...hostile.map(([, piece]) => piece), ...SIGNS, ...ADDRESSES], 20]
  const cook = ({ before, repeated, after, marks }: Recipe) => {
    const length = TEXT_LIMIT - before.length - after.length
    const text = before + fill(repeated, length) + after
    return marks === 0 ? text : text.replace(/[^\p{M}\r\n]/gu, `$&${'\u0301'.repeat(marks)}`)
  }

  test('no text that is accepted costs ten ordinary ones, not even the worst that a search finds', () => {
    const random = mulberry32(16)
    const pick = () => PIECES[Math.floor(random() * PIECES.length)]!
    const change = (recipe: Recipe): Recipe => {
      const kind = Math.floor(random() * 7)
      const { before, repeated, after } = recipe
      if (kind === 0) return { ...recipe, before: fill(pick(), 1 + Math.floor(random() * 2_500)) }
      if (kind === 1) return { ...recipe, after: fill(pick(), 1 + Math.floor(random() * 2_500)) }
      if (kind === 2) return { ...recipe, before: (before + pick()).slice(-AROUND) }
      if (kind === 3) return { ...recipe, after: (pick() + after).slice(0, AROUND) }
      if (kind === 4) return { ...recipe, repeated: pick() }
      if (kind === 5) return { ...recipe, marks: recipe.marks === 0 ? 12 : 0 }
      return { ...recipe, repeated: (repeated + pick()).slice(-AROUND) }
    }
    let worst: { recipe: Recipe; cost: number } = {
      recipe: { before: '', repeated: 'a ', after: '', marks: 0 },
      cost: 0,
    }
    for (let step = 0; step < SEARCH_STEPS; step++) {
      const recipe = change(step % 50 === 0 ? { ...worst.recipe, repeated: pick() } : worst.recipe)
      const text = cook(recipe)
      if (textProblem(text)) continue
      const cost = costOf(text, 20)
      if (cost > worst.cost) worst = { recipe, cost }
      // What other work made long is not when it is measured on.
      if (cost >= MOST_ORDINARY) expect({ recipe, cost: costOf(text, 500) }).toSatisfy(isCheap)
    }
  }, 120_000)

  /** A comment such as people write, as long as one may be: 1.5 ms where the worst may take 15. */
  const ORDINARY = fill(
    'Some *words* of a [story](https://example.org/a), with `code` and **more**.\n\n',
    TEXT_LIMIT,
  )
  const MOST_ORDINARY = 10
  const isCheap = ({ cost }: { cost: number }) => cost < MOST_ORDINARY

  /**
   * Returns how many ordinary comments a text costs: the shortest of 3 times each, taken by turns; of more, while
   * it is too long.
   */
  function costOf(text: string, mostRuns: number): number {
    let [ordinary, long] = [Infinity, Infinity]
    for (let run = 0; run < 3 || (long >= MOST_ORDINARY * ordinary && run < mostRuns); run++) {
      ordinary = Math.min(
        ordinary,
        time(() => parseComment(ORDINARY)),
      )
      long = Math.min(
        long,
        time(() => parseComment(text)),
      )
    }
    return long / ordinary
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

  test('which is told from a time that grows with the square', () => {
    const square = (length: number) => {
      const end = performance.now() + (length / 1_250) ** 2 * 0.5
      while (performance.now() < end);
    }
    expect(growth(square)).toBeGreaterThan(MOST)
  })
})
