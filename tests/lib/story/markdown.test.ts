// Tests lib/story/markdown.ts, lib/story/figures.ts, lib/story/footnotes.ts, lib/story/callouts.ts
// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { descriptionOf, linearHtml, renderMarkdown } from '#lib/story/markdown.ts'

const parse = async (markdown: string) => {
  const { html, sections } = await renderMarkdown(markdown)
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

describe('anchors of paragraphs', () => {
  const anchors = async (markdown: string) =>
    [
      ...(await renderMarkdown(markdown, { paragraphAnchors: true })).html.matchAll(
        /<p id="([^"]*)"/g,
      ),
    ].map(([, id]) => id)

  test('last when others come before them and when their ends change', async () => {
    const [first] = await anchors('How this one begins stays what it was before, to the end.\n')
    const grown = 'News.\n\nHow this one begins stays what it was before, to another end.\n'
    expect(first).toMatch(/^p[\da-z]{1,4}$/)
    expect((await anchors(grown))[1]).toBe(first)
  })

  test('are each there once, and no others’', async () => {
    const ids = await anchors('Again.\n\nAgain.\n\n## Top\n')
    expect(new Set(ids).size).toBe(2)
    const [id] = ids
    const { html } = await renderMarkdown(`## ${id}\n\nAgain.\n`, { paragraphAnchors: true })
    expect(html).toContain(`<h2 id="${id}"`)
    expect(html).toContain(`<p id="${id}-1"`)
  })

  test('are where they are asked for, and only at the text’s own paragraphs', async () => {
    expect((await renderMarkdown('One.\n')).html).toBe('<p>One.</p>\n')
    expect(await anchors('> A quote.\n\n- An item.\n')).toEqual([])
  })
})

test('a comment is not shown', async () => {
  const { html } = await renderMarkdown(
    'One<!-- hidden -->.\n\n<!-- hidden\n\nhidden -->\n\nTwo.\n',
  )
  expect(html).toBe('<p>One.</p>\n<p>Two.</p>\n')
})

test('a caption may have emphasis, code and links, and what would be more is its words', async () => {
  const captionOf = async (title: string) =>
    (await renderMarkdown(`![Port](/port.jpg '${title}')\n`)).html.match(
      /<figcaption>(.*)<\/figcaption>/s,
    )?.[1]
  expect(await captionOf('The *Ann* at [dawn](https://example.org) | B. Photo')).toBe(
    'The <em>Ann</em> at <a href="https://example.org" data-host="example.org">dawn</a> <small>B. Photo</small>',
  )
  expect(await captionOf('1. A list')).toBe('1. A list')
  expect(await captionOf('<script>x</script> [a](javascript:alert(1))')).not.toMatch(/<script|href/)
  expect(await captionOf('| B. Photo')).toBe('<small>B. Photo</small>')
})

describe('in French', () => {
  const render = (markdown: string) =>
    renderMarkdown(markdown, { paragraphAnchors: true, language: 'fr' })

  test('what is read keeps its signs on the line, captions and notes, too', async () => {
    const { html } = await render(
      '« *Oui* » : ![Port](/port.jpg)[^1]\n\n![Port][1]\n\n[^1]: Vrai ?\n\n[1]: /port.jpg "Le port ! | B. Photo"\n',
    )
    for (const part of [
      '«\u00a0<em>Oui</em>\u00a0»\u00a0: ',
      '<p>Vrai\u202f?',
      '<figcaption>Le port\u202f! <small>',
    ])
      expect(html).toContain(part)
  })

  test('code and addresses stay as they are', async () => {
    const { html } = await render('`a ? b : c` [là](</a ? b> "Là ?")\n\n```\na ; b\n```\n')
    expect(html).not.toMatch(/[\u00a0\u202f]/)
  })

  test('anchors are those that they were, sections are shown as their headings are', async () => {
    const markdown = '## Qui décide ?\n\n« Lui » : il le dit.\n'
    const { html, sections } = await render(markdown)
    expect(sections).toEqual([{ id: 'qui-décide-', title: 'Qui décide\u202f?' }])
    const before = await renderMarkdown(markdown, { paragraphAnchors: true })
    const anchors = (html: string) => html.match(/ id="[^"]*"/g)
    expect(anchors(html)).toEqual(anchors(before.html))
    expect(before.html).not.toMatch(/[\u00a0\u202f]/)
  })
})

test.each([
  [
    '**“强调”**是这样的。这是**重点。**但是',
    '<strong>“强调”</strong>是这样的。这是<strong>重点。</strong>但是',
  ],
  ['これは**「強調」**です。*〔注〕*も', 'これは<strong>「強調」</strong>です。<em>〔注〕</em>も'],
  ['价格~~（旧）~~是', '价格<del>（旧）</del>是'],
  ['이것은 **"강조"**입니다', '이것은 <strong>"강조"</strong>입니다'],
  ['a**"b"**c snake_case_name', 'a**"b"**c snake_case_name'],
])('emphasis works beside Chinese, Japanese and Korean: %s', async (markdown, html) => {
  expect((await renderMarkdown(`${markdown}\n`)).html).toBe(`<p>${html}</p>\n`)
})

test('tables, footnotes, strikethrough and task lists work', async () => {
  const { body } = await parse(
    '| a | b |\n|---|--:|\n| 1 | 2 |\n\n~~gone~~[^1]\n\n- [x] done\n- [ ] open\n\n[^1]: The note.\n',
  )
  expect(body.querySelectorAll('td')).toHaveLength(2)
  expect(body.querySelector('del')?.textContent).toBe('gone')
  expect(body.querySelectorAll('input[type=checkbox][disabled]')).toHaveLength(2)
})

describe('a footnote', () => {
  const NOTES = 'One[^a], two[^b] and one again[^a].\n\n[^a]: The *note*.\n\n[^b]: Another.\n'

  test('is led to by links, and back', async () => {
    const { body } = await parse(NOTES)
    const references = [...body.querySelectorAll('.footnote-reference')]
    expect(references.map((reference) => reference.querySelector('a')!.textContent)).toEqual([
      '1',
      '2',
      '1',
    ])
    const [first, , again] = references
    const note = body.querySelector(first!.querySelector('a')!.getAttribute('href')!)!
    expect(note.textContent).toContain('The note.')
    expect([...note.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      `#${first!.id}`,
      `#${again!.id}`,
    ])
    expect(body.querySelector('.footnotes h2')?.textContent).toBe('Footnotes')
  })

  test('opens in place by a button that needs no script', async () => {
    const { body } = await parse(NOTES)
    for (const button of body.querySelectorAll('sup button')) {
      expect(button.getAttribute('type')).toBe('button')
      const beside = body.querySelector(`#${button.getAttribute('popovertarget')}`)!
      expect(beside.getAttribute('popover')).toBe('auto')
      const list = body.querySelector(`#${beside.id.replace('-beside', '')}`)!
      const back = beside.querySelector('a')!
      expect(back.getAttribute('href')).toBe(`#${list.id}-reference`)
      expect(back.ariaLabel).toBe(`${back.textContent}: Back to the text`)
      const [number, text] = [back.textContent, beside.textContent]
      expect(`${number}${list.textContent}`).toContain(text)
    }
  })

  test('stands at the end alone where there are no popovers', async () => {
    const html = linearHtml((await renderMarkdown(NOTES)).html)
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    expect(body.querySelectorAll('button, [popover]')).toHaveLength(0)
    expect(body.querySelectorAll('sup a, .footnotes li')).toHaveLength(5)
    expect(html.match(/Another\./g)).toHaveLength(1)
  })

  const beside = async (markdown: string) => {
    const { body } = await parse(markdown)
    return [...body.querySelectorAll('.footnote')].map((note) => {
      note.querySelector('.footnote-number')!.remove()
      const { previousElementSibling: before, nextElementSibling: after, parentElement } = note
      const names = [parentElement, before, after].map((element) => element?.localName)
      return [note.textContent.trim(), ...names].join(' ')
    })
  }

  test.each([
    ['One.\n\nTwo[^a], *three[^b]*.', ['A. body p aside', 'B. body aside p']],
    ['## One[^a] and[^b]\n\nText.', ['A. body h2 aside', 'B. body aside p']],
    ['- One\n- Two *and[^a]*\n  - Three[^b]\n', ['A. li  em', 'B. li  sup']],
    ['1. One\n\n   Two[^b]\n\n2. Three[^a]\n', ['B. li p p', 'A. li  p']],
    ['> One[^a]\n>\n> Two[^b]\n', ['A. blockquote  p', 'B. blockquote p p']],
    ['| a | b[^b] |\n|---|---|\n| 1[^a] | 2 |\n', ['B. body  aside', 'A. body aside table']],
    ['> [!NOTE]\n> One[^b]\n', ['B. body  div']],
    ['One.\n\n> [!QUOTE]\n> Two[^a]\n', ['A. body p aside']],
    ['One[^a].\n\nOne again[^a].\n', ['A. body  p']],
  ])('stands before what first refers to it, and behind headings: %j', async (text, notes) => {
    const definitions = '[^a]: A.\n\n[^b]: B.\n'
    expect(await beside(`${text}\n\n${definitions}`)).toEqual(notes)
  })

  test('that another note refers to stands behind that', async () => {
    const { body } = await parse('One[^a].\n\n[^a]: A, as in[^b].\n\n[^b]: B[^a].\n')
    expect([...body.querySelectorAll('.footnote')].map(({ id }) => id)).toEqual([
      'Note-1-beside',
      'Note-2-beside',
    ])
  })

  test('has ids that no other note, heading or part of the page has', async () => {
    const text = `${NOTES}\nThree[^c].\n\n[^c]: As in[^b].\n\n## Note 1\n\n## Note 1 beside\n`
    const { body } = await parse(text)
    const ids = [...body.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const { html } = await renderMarkdown(NOTES, {
      hasFirstPicture: false,
      notePrefix: 'Author-note',
    })
    for (const id of ids) expect(html).not.toContain(`"${id}"`)
  })
})

describe('a pull quote', () => {
  test('that repeats the text is an aside which is not read out', async () => {
    const { body } = await parse('He said: “It is so”.\n\n> [!QUOTE]\n> It is *so*\n>\n> — He\n')
    const aside = body.querySelector('aside.pull-quote')!
    expect(aside.getAttribute('aria-hidden')).toBe('true')
    expect([...aside.querySelectorAll('p')].map((p) => p.textContent)).toEqual(['It is so', '— He'])
    expect(body.querySelector('blockquote')).toBeNull()
  })

  test.each(['It is not\n', 'It is [so](https://example.org)\n'])(
    'with words of its own, or a link, is read out: %j',
    async (words) => {
      const { body } = await parse(`It is so.\n\n> [!QUOTE]\n> ${words}`)
      expect(body.querySelector('aside')!.hasAttribute('aria-hidden')).toBe(false)
    },
  )

  test('is not counted among the words of the story', async () => {
    const { text } = await renderMarkdown('It is so.\n\n> [!QUOTE]\n> It is so\n')
    expect(text.match(/so/g)).toHaveLength(1)
  })

  test('is not what quotes are else', async () => {
    const { body } = await parse('> It is so\n\n> [!FACT]\n> And so\n')
    expect(body.querySelectorAll('blockquote')).toHaveLength(2)
    expect(body.querySelector('aside')).toBeNull()
    expect(body.textContent).toContain('[!FACT]')
  })
})

describe('a box', () => {
  test.each([
    ['[!KEY]', 'Key points'],
    ['[!note]', 'Note'],
    ['[!TIP]', 'Tip'],
    ['[!IMPORTANT]', 'Important'],
    ['[!WARNING]', 'Warning'],
    ['[!CAUTION]', 'Caution'],
  ])('of %s has a name and a title', async (mark, title) => {
    const { body } = await parse(`> ${mark}\n> It is so.\n`)
    const box = body.querySelector('.callout')!
    expect(box.getAttribute('aria-label')).toBe(title)
    expect(box.getAttribute('role')).toBe('note')
    expect([...box.children].map(({ textContent }) => textContent)).toEqual([title, 'It is so.'])
  })

  test.each(['- One\n> - Two', '\n> - One\n> - Two', ' \n> - One\n> - Two'])(
    'of points has no empty paragraph: %j',
    async (points) => {
      const { body } = await parse(`> [!KEY]\n> ${points}\n`)
      expect(
        [...body.querySelector('.key-points')!.children].map(({ localName }) => localName),
      ).toEqual(['p', 'ul'])
    },
  )

  test('begins on the line of its mark, or after a line break', async () => {
    for (const text of ['[!NOTE] So *it* is', '[!NOTE]  \n> So *it* is', '[!NOTE]\n> So *it* is']) {
      const { body } = await parse(`> ${text}\n`)
      expect(body.querySelector('.callout > p + p')!.innerHTML).toBe('So <em>it</em> is')
    }
  })

  test('is a quote where there is no style', async () => {
    const html = linearHtml((await renderMarkdown('> [!NOTE]\n> It is so.\n')).html)
    expect(html.replace(/\s*\n/g, '')).toBe(
      '<blockquote><p><strong>Note</strong></p><p>It is so.</p></blockquote>',
    )
  })
})

describe('a picture', () => {
  const made = {
    '/a.jpg': {
      src: '/_next/static/media/a-1.jpg',
      width: 700,
      height: 350,
      sources: [
        { type: 'image/avif', srcSet: '/_next/static/media/a-1-700.avif 700w' },
        { type: 'image/webp', srcSet: '/_next/static/media/a-1-700.webp 700w' },
      ],
    },
  }
  const pictures = async (markdown: string, first = true) =>
    new DOMParser().parseFromString(
      (await renderMarkdown(markdown, { pictures: made, hasFirstPicture: first })).html,
      'text/html',
    )

  test('alone in its paragraph is a figure with caption and credit', async () => {
    const page = await pictures('![Boats](/a.jpg "At dawn. | B. Photo")\n\n![Boats](/a.jpg)\n')
    const [first, second] = page.querySelectorAll('figure')
    expect(first!.querySelector('figcaption')!.innerHTML).toBe('At dawn. <small>B. Photo</small>')
    expect(first!.querySelector('[title]')).toBeNull()
    expect(second!.querySelector('figcaption')).toBeNull()
  })

  test('has its formats, its sizes and the shape of its place', async () => {
    const page = await pictures('![Boats](/a.jpg)\n')
    const [avif, webp] = page.querySelectorAll('picture > source')
    expect([avif!.getAttribute('type'), webp!.getAttribute('type')]).toEqual([
      'image/avif',
      'image/webp',
    ])
    expect(avif!.getAttribute('srcset')).toBe('/_next/static/media/a-1-700.avif 700w')
    expect(avif!.getAttribute('sizes')).toContain('38rem')
    const image = page.querySelector('picture > img')!
    expect(
      Object.fromEntries([...image.attributes].map(({ name, value }) => [name, value])),
    ).toEqual({
      src: '/_next/static/media/a-1.jpg',
      alt: 'Boats',
      width: '700',
      height: '350',
      decoding: 'async',
      fetchpriority: 'high',
    })
  })

  test('is waited for when it is the first of the page, and no other is', async () => {
    const markdown = '![1](/a.jpg)\n\nWith ![2](/a.jpg "So") in it.\n\n![3][c]\n\n[c]: /c.gif\n'
    const lazy = async (first: boolean) =>
      [...(await pictures(markdown, first)).querySelectorAll('img')].map((image) =>
        image.getAttribute('loading'),
      )
    expect(await lazy(true)).toEqual([null, 'lazy', 'lazy'])
    expect(await lazy(false)).toEqual(['lazy', 'lazy', 'lazy'])
    const page = await pictures(markdown)
    expect(page.querySelectorAll('figure')).toHaveLength(2)
    expect(page.querySelector('p img')!.getAttribute('title')).toBe('So')
    expect(page.querySelector('img[alt="3"]')!.getAttribute('src')).toBe('/c.gif')
  })
})

test.each([
  ['[a](HTTPS://Example.org)', 'https://Example.org'],
  ['<HTTP://EXAMPLE.ORG/A>', 'http://EXAMPLE.ORG/A'],
  ['[a][b]\n\n[b]: MailTo:a@b.example', 'mailto:a@b.example'],
  ['[a](tel:+4930123)', 'tel:+4930123'],
  ['[a](SMS:+4930123)', 'sms:+4930123'],
  ['[a](geo:52.5,13.4)', 'geo:52.5,13.4'],
  ['[a](/b:c)', '/b:c'],
  ['[a](htps://b.example)', null],
  ['[a](ftp://b.example)', null],
  ['[a](JavaScript:alert)', null],
  ['[a](java&#x09;script:alert)', null],
  ['[a][b]\n\n[b]: data:text/html,x', null],
])('a link keeps its address where the scheme is known: %j', async (markdown, href) => {
  const { body } = await parse(markdown)
  expect(body.querySelector('a')?.getAttribute('href') ?? null).toBe(href)
  expect(body.querySelectorAll('a:not([href])')).toHaveLength(0)
  expect(body.textContent).toMatch(/^(?:a|http:\/\/EXAMPLE.ORG\/A)\s*$/i)
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
  'picture',
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
const ALLOWED_ATTRIBUTES = [
  ...['id', 'href', 'src', 'alt', 'title', 'class'],
  ...['data-host', 'decoding', 'fetchpriority', 'loading', 'tabindex'],
]
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

<picture><source srcset=//evil.example><img src=x></picture> <button popovertarget=votes>x</button>
<aside aria-hidden=true popover style="inset:0">x</aside> <figure onclick=alert(1)>x</figure>

<a href="https://fine.example" onclick="alert(1)" style="position:fixed">k</a>

<div id="votes" name="cookie">clobbered</div>

\`\`\`html" onmouseover="alert(1)
<script>alert(1)</script>
\`\`\`
`

test('a description has neither notes nor their numbers, and stands on one line', async () => {
  const { html } = await renderMarkdown(
    'One[^1] & 10^6^.\n\nTwo[^note].\n\n[^1]: A.\n\n[^note]: B.\n',
  )
  expect(descriptionOf(html)).toBe('One & 10^6^. Two.')
})

test('a picture that the page would be seen through has a backing, and others have none', async () => {
  const glass = { src: '/glass.png', isTransparent: true, sources: [] }
  const render = async (name: string) =>
    (await renderMarkdown(`![A](/${name}.png)`, { pictures: { '/glass.png': glass } })).html
  expect(await render('glass')).toContain('class="transparent"')
  expect(await render('solid')).not.toContain('class=')
})
