import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ADDRESS_END } from '#lib/address-end.ts'
import { type CommentNode, parseComment } from '#lib/comments/comment-markdown.ts'

const paragraph = (...children: CommentNode[]): CommentNode => ({ type: 'paragraph', children })
const link = (address: string, ...children: string[]): CommentNode => ({
  type: 'link',
  address,
  children: children.length > 0 ? children : [address],
})

test.each([
  ['plain', [paragraph('plain')]],
  ['one\ntwo', [paragraph('one', { type: 'break' }, 'two')]],
  ['one\r\ntwo', [paragraph('one', { type: 'break' }, 'two')]],
  ['one\n\ntwo', [paragraph('one'), paragraph('two')]],
  [
    '*a* **b**',
    [paragraph({ type: 'emphasis', children: ['a'] }, ' ', { type: 'strong', children: ['b'] })],
  ],
  ['`<b>`', [paragraph({ type: 'code', text: '<b>' })]],
  ['```\nx < y\n```', [{ type: 'codeBlock', text: 'x < y' }]],
  ['> a', [{ type: 'quote', children: [paragraph('a')] }]],
  [
    '- a\n- b',
    [
      {
        type: 'list',
        start: null,
        children: ['a', 'b'].map((item) => ({ type: 'item', children: [paragraph(item)] })),
      },
    ],
  ],
  ['3. a', [{ type: 'list', start: 3, children: [{ type: 'item', children: [paragraph('a')] }] }]],
  ['[a](https://b.example)', [paragraph(link('https://b.example', 'a', ' (https://b.example/)'))]],
  ['www.b.example', [paragraph(link('http://www.b.example', 'www.b.example'))]],
  [
    '[https://b.example](https://c.example)',
    [paragraph(link('https://c.example', 'https://b.example', ' (https://c.example/)'))],
  ],
  [
    'https://\u0430b.example',
    [
      paragraph(
        link('https://\u0430b.example', 'https://\u0430b.example', ' (https://xn--b-7sb.example/)'),
      ),
    ],
  ],
  [
    // What turns the direction of letters would make it look like https://b.example/exe.png.
    'https://b.example/\u202egnp.exe',
    [
      paragraph(
        link(
          'https://b.example/\u202egnp.exe',
          'https://b.example/gnp.exe',
          ' (https://b.example/%E2%80%AEgnp.exe)',
        ),
      ),
    ],
  ],
  [
    '[*\u202ea*](https://b.example)',
    [
      paragraph({
        ...(link('https://b.example') as { type: 'link'; address: string }),
        children: [{ type: 'emphasis', children: ['a'] }, ' (https://b.example/)'],
      }),
    ],
  ],
  ['https://b.example', [paragraph(link('https://b.example'))]],
  ['me@b.example', [paragraph(link('mailto:me@b.example', 'me@b.example'))]],
])('%j is shown', (text, tree) => {
  expect(parseComment(text)).toEqual(tree)
})

describe('a link shows its real host', () => {
  const EVIL = ' (https://evil.example/)'
  test.each([
    ...['\u2044', '\u2215', '\uff0f', '\u29f8', '\u3002', '%2f', ':', '.', '\u0338', '\u2571'].map(
      (sign) => [`https://example.org${sign}path@evil.example`, EVIL],
    ),
    ['https://example.org@evil.example', EVIL],
    ['https://user:secret@evil.example/a?b#c', ' (https://evil.example/a?b#c)'],
    ['https://example\u3002org', ' (https://example.org/)'],
    ['https://ex\u0430mple.org/a', ' (https://xn--exmple-4nf.org/a)'],
    ['https://example.org\u2044evil.example', ' (https://example.xn--orgevil-3d7c.example/)'],
    ['http://2130706433/', ' (http://127.0.0.1/)'],
    ['https://example.org:443/', ' (https://example.org/)'],
  ])('%j', (address, shown) => {
    const href = shown.slice(2, -1)
    for (const text of [
      ...(ADDRESS_END.test(address) ? [] : [address]),
      `<${address}>`,
      `[${address}](<${address}>)`,
      `[**Bank** ${address}](<${address}>)`,
    ]) {
      const link = [...walk(parseComment(text))].find(
        (node) => typeof node !== 'string' && node.type === 'link',
      )
      if (typeof link !== 'object' || link.type !== 'link') throw new Error(`${text} is no link`)
      expect([text, link.children.at(-1)]).toEqual([text, shown])
      expect(new URL(link.address).href).toBe(href)
    }
  })

  test.each([
    ['https://example.org。path@evil.example', 'https://example.org'],
    ['https://example.org／path@evil.example', 'https://example.org'],
    ['https://example。org', 'https://example'],
    ['原文：https://example.com/news/123。大家看看', 'https://example.com/news/123'],
    ['（另见https://example.com/b）', 'https://example.com/b'],
    ['https://example.com/a، ', 'https://example.com/a'],
    ['«https://example.com/a»', 'https://example.com/a'],
    ['https://example.com/अ।', 'https://example.com/अ'],
    [
      'https://ja.wikipedia.org/wiki/ジョン・レノン」',
      'https://ja.wikipedia.org/wiki/ジョン・レノン',
    ],
  ])('and where it stands bare, ends at punctuation of any script: %j', (text, address) => {
    const links = [...walk(parseComment(text))].filter(
      (node) => typeof node !== 'string' && node.type === 'link' && node.address.startsWith('http'),
    )
    expect(links).toMatchObject([{ address, children: [address] }])
  })

  test('and a mailbox its real name', () => {
    expect(parseComment('[a@ex\u0430mple.org](mailto:a@ex\u0430mple.org)')).toEqual([
      paragraph(
        link('mailto:a@ex\u0430mple.org', 'a@ex\u0430mple.org', ' (mailto:a@ex%D0%B0mple.org)'),
      ),
    ])
  })

  test.each([
    'https://b.example/\u00e9?c=d#e',
    'www.b.example',
    'HTTPS://B.example',
    'a@b.example',
  ])('and nothing beside it where the text is that already: %s', (text) => {
    const [node] = [...walk(parseComment(text))].filter(
      (node) => typeof node !== 'string' && node.type === 'link',
    )
    expect(node).toMatchObject({ children: [text] })
  })
})

describe('what comments do not have stays as typed', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<!-- hidden -->',
    '&lt;b&gt; &copy; &#106;',
    '# no heading',
    '---',
    '* * *',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](data:text/html;base64,x)',
    '[a](vbscript:x)',
    '[a](//evil.example)',
    '[a](/moderation)',
    '[a](#votes)',
    '[a](java\tscript:alert(1))',
    '<javascript:alert(1)>',
    '[a][b]',
    '~~no~~',
    '| a | b |',
  ])('%s', (text) => {
    expect(parseComment(text)).toEqual([paragraph(text)])
  })

  test('a picture is its link', () => {
    expect(parseComment('![a](https://b.example)')).toEqual([
      paragraph('!', link('https://b.example', 'a', ' (https://b.example/)')),
    ])
  })

  test('a definition defines nothing', () => {
    expect(JSON.stringify(parseComment('[a]: https://b.example\n\n[a]'))).not.toContain(
      '"children":["a"',
    )
  })
})

test.each(['>', '> ', '- ', '* ', '1. ', '> - ', '*a ', '**', '_a', '[', '![', '[a](b ', '`', '<'])(
  '5,000 characters of %j nest no deeper than the page can show',
  (piece) => {
    const tree = parseComment(piece.repeat(5000 / piece.length))
    expect(depth(tree)).toBeLessThan(12)
  },
)

test('any text becomes allowed nodes only, with http, https and mailto links', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '>',
      '- ',
      '1. ',
      '*',
      '**',
      '`',
      '```\n',
      '[',
      '](',
      ')',
      '<',
      '>',
      '!',
      '\n',
      '\n\n',
      '    ',
      'javascript:',
      'data:',
      'https://a.example',
      'www.a.example',
      'a@b.example',
      '<script>',
      '&#x6a;',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const node of walk(parseComment(pieces.join('')))) {
        if (typeof node === 'string') continue
        expect(TYPES).toContain(node.type)
        if (node.type === 'link') expect(node.address).toMatch(/^(https?|mailto):/i)
      }
    }),
    { numRuns: 1000 },
  )
})

const TYPES = [
  'break',
  'code',
  'codeBlock',
  'paragraph',
  'emphasis',
  'strong',
  'quote',
  'item',
  'list',
  'link',
]

function* walk(nodes: CommentNode[]): Generator<CommentNode> {
  for (const node of nodes) {
    yield node
    if (typeof node !== 'string' && 'children' in node) yield* walk(node.children)
  }
}

function depth(nodes: CommentNode[]): number {
  return Math.max(
    0,
    ...nodes.map((node) =>
      typeof node !== 'string' && 'children' in node ? 1 + depth(node.children) : 1,
    ),
  )
}

test.each([
  '```\n----------+------\n-- -- -- -- -- -- -- -- -- --\n```',
  '>'.repeat(12) + ' x',
  '- '.repeat(12) + 'x',
  '1. '.repeat(12) + 'x',
])('what nests too deeply is kept to the letter: %s', (text) => {
  const words = (nodes: CommentNode[]): string =>
    nodes
      .map((node) =>
        typeof node === 'string'
          ? node
          : 'text' in node
            ? node.text
            : 'children' in node
              ? words(node.children)
              : '',
      )
      .join('')
  const inside = text.replace(/^```\n|\n```$/g, '')
  expect(words(parseComment(text))).toBe(inside)
})
