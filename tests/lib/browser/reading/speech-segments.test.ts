// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { renderMarkdown } from '#lib/story/markdown.ts'
import { speechSegments, textOfSegment } from '#lib/browser/reading/speech-segments.ts'

const story = (html: string) => {
  document.body.innerHTML = `<article><h1>The headline</h1><p>By Ann</p><div class="story">${html}</div></article>`
  return document.querySelector('article')!
}
const heard = (html: string) => speechSegments(story(html), 'en').map(textOfSegment)

test('markup inside a sentence does not part it', () => {
  expect(heard('<p>One <em>two. Three</em> <a href="#">four</a>. Five.</p>')).toEqual([
    'The headline',
    'One two.',
    'Three four.',
    'Five.',
  ])
})

test('the headline, headings, items and quotes are read, each once and in order', () => {
  expect(
    heard(
      '<h2>Part</h2><blockquote><p>Quoted.</p></blockquote><ul><li>Outer<ul><li>Inner</li></ul></li></ul>',
    ),
  ).toEqual(['The headline', 'Part', 'Quoted.', 'Outer', 'Inner'])
})

test('code, notes’ numbers and what is hidden are not heard', () => {
  expect(
    heard('<p>Said<sup>1</sup> so.<span aria-hidden="true">x</span></p><pre><code>x</code></pre>'),
  ).toEqual(['The headline', 'Said so.'])
})

test('a note is heard once, at the end, without the arrow back', async () => {
  const { html } = await renderMarkdown('Said so.[^1]\n\n[^1]: By *Ann*\n')
  expect(heard(html)).toEqual(['The headline', 'Said so.', 'Footnotes', 'By Ann'])
})

test('a piece is a range of its sentence alone', () => {
  const pieces = speechSegments(story('<p>One. <b>Two</b>. Three.</p>'), 'en')
  expect(pieces.map(({ range }) => String(range))).toEqual([
    'The headline',
    'One.',
    'Two.',
    'Three.',
  ])
})
