// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { renderArticle } from '#lib/markdown.ts'

const parse = async (markdown: string) => {
  const { html, sections } = await renderArticle(markdown)
  return { body: new DOMParser().parseFromString(html, 'text/html').body, sections }
}

describe('headings', () => {
  test('have anchors made of their words, numbered when they repeat', async () => {
    const { body, sections } = await parse('## One two\n\n## One two\n\n### Détail\n')
    expect([...body.querySelectorAll('h2, h3')].map(({ id }) => id)).toEqual([
      'one-two',
      'one-two-1',
      'détail',
    ])
    expect(sections).toEqual([
      { id: 'one-two', title: 'One two' },
      { id: 'one-two-1', title: 'One two' },
    ])
  })

  test('never take an id of the page', async () => {
    const { sections } = await parse('## Votes\n\n## Comments\n\n## Comment text\n')
    expect(sections.map(({ id }) => id)).toEqual(['votes-1', 'comments-1', 'comment-text-1'])
  })

  test('of signs alone have anchors, too', async () => {
    const { sections } = await parse('## !!!\n\n## ???\n')
    expect(sections.map(({ id }) => id)).toEqual(['section', 'section-1'])
  })

  test('leave the first level to the headline', async () => {
    const { body } = await parse('# Loud\n')
    expect(body.querySelector('h1')).toBeNull()
    expect(body.querySelector('h2')?.textContent).toBe('Loud')
  })
})

test('tables, footnotes, strikethrough and task lists work', async () => {
  const { body } = await parse(
    '| a | b |\n|---|--:|\n| 1 | 2 |\n\n~~gone~~[^1]\n\n- [x] done\n- [ ] open\n\n[^1]: The note.\n',
  )
  expect(body.querySelectorAll('td')).toHaveLength(2)
  expect(body.querySelector('del')?.textContent).toBe('gone')
  expect(body.querySelectorAll('input[type=checkbox][disabled]')).toHaveLength(2)
  const reference = body.querySelector<HTMLAnchorElement>('sup a')!
  const note = body.querySelector(`[id="${reference.getAttribute('href')!.slice(1)}"]`)!
  expect(note.textContent).toContain('The note.')
  const back = note.querySelector('a')!
  expect(back.getAttribute('href')).toBe(`#${reference.id}`)
})

test('hostile Markdown comes out harmless', async () => {
  const { body } = await parse(HOSTILE)
  const tags = new Set([...body.querySelectorAll('*')].map(({ localName }) => localName))
  const attributes = new Set(
    [...body.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()),
  )
  for (const tag of tags) expect(ALLOWED_TAGS).toContain(tag)
  for (const attribute of attributes) expect(ALLOWED_ATTRIBUTES).toContain(attribute)
  for (const link of body.querySelectorAll('a[href]'))
    expect(link.getAttribute('href')).toMatch(/^(https?:|mailto:|#|\/|[^:]*$)/)
  for (const image of body.querySelectorAll('img[src]'))
    expect(image.getAttribute('src')).toMatch(/^(https?:|[^:]*$)/)
})

const ALLOWED_TAGS = [
  'h2',
  'p',
  'a',
  'img',
  'em',
  'strong',
  'code',
  'pre',
  'ul',
  'ol',
  'li',
  'blockquote',
]
const ALLOWED_ATTRIBUTES = ['id', 'href', 'src', 'alt', 'title', 'class']
const HOSTILE = `
# <script>alert(1)</script>

<script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)>

<iframe src="javascript:alert(1)"></iframe><style>*{display:none}</style><base href=//evil>

<form action=//evil><button formaction=javascript:alert(1)>x</button></form>

[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x)
[e](&#106;avascript:alert(1)) <javascript:alert(1)> ![f](javascript:alert(1)) ![g](x" onerror="alert(1))
[h](//evil.example) [i](https://fine.example "a\\" onclick=alert(1)")

[j]: javascript:alert(1)
[j]

<a href="https://fine.example" onclick="alert(1)" style="position:fixed">k</a>

<div id="votes" name="cookie">clobbered</div>

\`\`\`html" onmouseover="alert(1)
<script>alert(1)</script>
\`\`\`
`
