// Tests lib/story/html-elements.ts, lib/story/words.ts
import { describe, expect, test } from 'vitest'
import { parseStory, renderMarkdown } from '#lib/story/markdown.ts'

const render = async (markdown: string) =>
  (await renderMarkdown(markdown)).html.replace(/\n(?!$)/g, ' ').trim()

describe('HTML that changes the meaning if it is dropped passes', () => {
  test.each([
    ['10<sup>6</sup>', '<p>10<sup>6</sup></p>'],
    ['First<br>second<BR/>third', '<p>First<br> second<br> third</p>'],
    ['H<sub>2</sub>O, *<kbd>Ctrl</kbd>*', '<p>H<sub>2</sub>O, <em><kbd>Ctrl</kbd></em></p>'],
    ['<mark>a *b*</mark> <u>c</u> <s>d</s>', '<p><mark>a <em>b</em></mark> <u>c</u> <s>d</s></p>'],
    ['<ins>a</ins><del>b</del> <q>c</q>', '<p><ins>a</ins><del>b</del> <q>c</q></p>'],
    ['<cite>a</cite> <small>b</small>', '<p><cite>a</cite> <small>b</small></p>'],
    ['<abbr title="R&amp;D">x</abbr>', '<p><abbr title="R&#x26;D">x</abbr></p>'],
    ['<time datetime="2026-02-26">x</time>', '<p><time datetime="2026-02-26">x</time></p>'],
    ['<span lang="he" dir="rtl">ש</span>', '<p><span lang="he" dir="rtl">ש</span></p>'],
    ['<SUP>a<sub>b</sub></SUP>', '<p><sup>a<sub>b</sub></sup></p>'],
    ['<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>', null],
    ['| a<br>b |\n| - |\n| <sup>1</sup> |', null],
    ['> x<sup>2</sup>\n\n- y<sub>2</sub>', null],
  ])('%s', async (markdown, html) => {
    const made = await render(markdown)
    if (html !== null) expect(made).toBe(html)
    const tags = (text: string) => text.match(/<(?:br|r[bpt]|ruby|sub|sup)\b/g) ?? []
    expect(tags(made)).toEqual(tags(markdown.toLowerCase()))
    expect(parseStory(markdown).droppedTags).toEqual([])
  })

  test('without any attribute but theirs', async () => {
    const attributes = 'style="x" onclick="x" id="votes" class="footnote" title="t" data-x=1 hidden'
    expect(await render(`<sup ${attributes}>a</sup><mark popover lang=en>b</mark>`)).toBe(
      '<p><sup>a</sup><mark lang="en">b</mark></p>',
    )
    expect(await render('<span lang="a b" dir="x">a</span>')).toBe('<p>a</p>')
  })

  test('in headings, whose words are told without it', async () => {
    const { sections, html } = await renderMarkdown('## One<br>two<sup>2</sup>\n')
    expect(sections).toEqual([{ id: 'one-two2', title: 'One two2' }])
    expect(html).toContain('<sup>2</sup></h2>')
  })
})

describe('details fold', () => {
  const folded = '<details><summary>More</summary><p>A <em>b</em>.</p></details>'
  test.each([
    ['<details><summary>More</summary>\n\nA *b*.\n\n</details>', folded],
    ['<details>\n<summary>More</summary>\nA *b*.\n</details>', folded],
    ['<details>\n\n<summary>More</summary>\n\nA *b*.</details>', folded],
    [
      '<details open><summary>a</summary>b</details>',
      '<details open><summary>a</summary><p>b</p></details>',
    ],
    [
      'x <details><summary>a</summary>\n\n- b\n\n</details> y',
      '<p>x</p> <details><summary>a</summary><ul> <li>b</li> </ul></details> <p>y</p>',
    ],
    [
      '> <details><summary>a</summary><details>b</details></details>',
      '<blockquote> <details><summary>a</summary><details><p>b</p></details></details> </blockquote>',
    ],
    ['<details>a\n\nb', '<p>a</p> <p>b</p>'],
    ['a</details>\n\n<summary>b</summary>', '<p>a</p> <p>b</p>'],
  ])('%j', async (markdown, html) => {
    expect(await render(markdown)).toBe(html)
  })
})

describe('of other HTML the words stay', () => {
  test.each([
    ['<center>**Hello**</center>', '<p><strong>Hello</strong></p>'],
    ['One<p>two', '<p>One two</p>'],
    ['<div>one</div><div>two</div>', '<p>one  two</p>'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', '<p>a  b</p>'],
    ['<ul>\n<li>a</li>\n<li>b</li>\n</ul>', null],
    ['F<font color=red>oo</font> <b>b</b><i>i</i>', '<p>Foo bi</p>'],
    ['10<sup>6 and <small>more', '<p>106 and more</p>'],
    ['a</sup> b', '<p>a b</p>'],
    ['*<sup>a* b</sup>', '<p><em>a</em> b</p>'],
    ['<!-- a --> One <!-- b --> two', '<p>One  two</p>'],
    ['<!-- a\n\nb --> *One*\n\nTwo', '<p><em>One</em></p> <p>Two</p>'],
    ['<script>x</script> One', '<p>One</p>'],
    ['One <script>x</script>two <video>no</video>', '<p>One  two</p>'],
    ['<style>\n\n* {}\n\n</style>\nOne', '<p>One</p>'],
    ['<div>\n\n</div>\n\nOne', '<p>One</p>'],
    ['<center>\n![a](/b.gif)\n</center>', null],
  ])('%j', async (markdown, html) => {
    const made = await render(markdown)
    if (html !== null) expect(made).toBe(html)
    expect(made).not.toMatch(/<(?:p|figure)>(?: |<\/)|center|<script|<style/)
  })

  test('a picture that HTML was around is a figure still', async () => {
    expect(await render('<center>\n![a](/b.gif)\n</center>')).toMatch(/^<figure>/)
  })

  test('and each tag is told, but comments', () => {
    const { droppedTags } = parseStory(
      '<b>a</b> <i>b\n</i><!-- c -->\n\n<sup>d\n\n<script>e</script>\n',
    )
    expect(droppedTags.toSorted((a, b) => a.line - b.line)).toEqual([
      { name: 'b', line: 1, isAlone: false },
      { name: 'i', line: 1, isAlone: false },
      { name: 'sup', line: 4, isAlone: true },
      { name: 'script', line: 6, isAlone: false },
    ])
  })
})

test('the work grows with the length of the text', async () => {
  for (const piece of [
    '<sup>',
    '</sup>',
    '<sup></sub>',
    '<details>',
    '<!---->',
    '<b>',
    '<script>',
    '<summary>',
  ]) {
    const start = process.cpuUsage().user
    await render(`a ${piece.repeat(20_000 / piece.length)} b`)
    expect([piece, (process.cpuUsage().user - start) / 1e6]).toEqual([
      piece,
      expect.toSatisfy((seconds: number) => seconds < 5),
    ])
  }
})
