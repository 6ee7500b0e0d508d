import { describe, expect, test } from 'vitest'
import { type CommentNode, parseComment } from '#lib/comments/comment-markdown.ts'
import { htmlToComment, htmlToWords, withLineBreaks } from '#lib/transfer/html-to-markdown.ts'
import { ATTACKS } from '#tests/support/attacks.ts'

test.each([
  ['<p>one</p><p>two<br>three</p>', 'one\n\ntwo\nthree'],
  ['<b>bold</b> and <em>soft</em>', '**bold** and *soft*'],
  ['a <a href="https://example.org/x_y">link</a>', 'a [link](https://example.org/x_y)'],
  ['<a href="https://example.org/x_y">https://example.org/x_y</a>', 'https://example.org/x_y'],
  ['<a href="javascript:alert(1)">click</a>', 'click'],
  ['<a href="https://example.org/(x)">p</a>', '[p](https://example.org/\\(x\\))'],
  ['<blockquote><p>said</p></blockquote>', '> said'],
  ['<ul><li>a</li><li>b</li></ul>', '-   a\n-   b'],
  ['<h2>Loud</h2>words', '**Loud**\n\nwords'],
  ['<img src="x.png" alt="A cat"> sits', 'A cat sits'],
  ['a<hr>b', 'a\n\nb'],
  ['<script>alert(1)</script>after', 'after'],
  ['Tom &amp; Jerry &lt;b&gt;', 'Tom & Jerry \\<b>'],
  ['10<sup>6</sup>, CO<sub>2</sub>, x<sup>n+1</sup>', '10⁶, CO₂, xⁿ⁺¹'],
  ['1<sup>st</sup> a<sub>max</sub>', '1^(st) a\\_(max)'],
  ['First<br>second', 'First\nsecond'],
  ['<s>10</s> <del>11</del> <ins>12</ins> <u>a</u>', '~~10~~ ~~11~~ *12* *a*'],
  ['<mark>a</mark> <kbd>b</kbd> <cite>c</cite> <q>d</q>', '**a** **b** *c* “d”'],
  ['<abbr title="World_x">W</abbr> <small>s</small>', 'W (World\\_x) s'],
  ['<details><summary>More</summary>words</details>', '**More**\n\nwords'],
  ['<span lang="he">a</span> <time>b</time> <font>c</font>', 'a b c'],
  ['see https://example.org/a_b_c here', 'see https://example.org/a_b_c here'],
])('%s becomes Markdown', (html, text) => {
  expect(htmlToComment(html)).toBe(text)
})

test.each([
  ['2 * 3 * 4 _x_ `code` [a](b)'],
  ['- not a list'],
  ['1. not a list'],
  ['> not a quote'],
  ['*stars*'],
  ['<b>not bold</b>'],
  ['&amp; &#x26; as written'],
  ['C:\\folder\\file'],
  ['# no heading'],
  ['https://example.org/*a*?b=_c_'],
  ['https://example.org/a_b_。*星* www.example.org，_x_'],
])('%j, written as words, is shown as these words', (words) => {
  const html = words.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  expect(shown(parseComment(htmlToComment(html)))).toBe(words)
})

test('line ends count in words, and not between blocks or in code', () => {
  const html = 'one\r\ntwo\n\nthree\n<ul>\n<li>a</li>\n</ul>\n<pre>x\ny</pre>'
  expect(htmlToComment(withLineBreaks(html))).toBe('one\ntwo\n\nthree\n\n-   a\n\n```\nx\ny\n```')
})

test('a name is its words', () => {
  expect(htmlToWords('<b>Tom</b> &amp; *Jerry*')).toBe('Tom & *Jerry*')
})

describe('what attacks', () => {
  test('leaves no tag, no handler and no address that runs', () => {
    for (const attack of ATTACKS) {
      const tree = parseComment(htmlToComment(attack))
      for (const address of addresses(tree)) expect(address).toMatch(/^(https?|mailto):/i)
    }
    const html = ATTACKS.filter((attack) => /^<(img|svg|iframe|body|script)\b[^<]*>$/i.test(attack))
    expect(html.length).toBeGreaterThan(20)
    for (const attack of html) expect(htmlToComment(attack)).not.toMatch(/onerror|onload|<\w/)
  })

  test('in time that does not explode', () => {
    const pieces = ['<b>', '<p>', '\n', ' ', '<p', '<pre>', '<ul>', '[', '*', '<a href=x>', '&amp;']
    const texts = pieces.flatMap((piece) => [
      piece.repeat(65_000 / piece.length),
      piece.repeat(490),
    ])
    for (const text of texts) {
      const begin = performance.now()
      try {
        htmlToComment(withLineBreaks(text))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
      expect(performance.now() - begin, text.slice(0, 20)).toBeLessThan(10_000)
    }
  })
})

function shown(nodes: CommentNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      if ('children' in node) return shown(node.children)
      return 'text' in node ? node.text : '\n'
    })
    .join('')
}

function addresses(nodes: CommentNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || !('children' in node)) return []
    return [...(node.type === 'link' ? [node.address] : []), ...addresses(node.children)]
  })
}
