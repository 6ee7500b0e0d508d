import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CommentText } from '#components/comments/comment-text.tsx'
import { parseComment } from '#lib/comments/comment-markdown.ts'

const ALLOWED = ['p', 'em', 'strong', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'br']
const show = (text: string) => render(<CommentText nodes={parseComment(text)} />).container

test('a comment is drawn with its own elements', () => {
  expect(show('*a* **b** `c`\n\n> d\n\n- e\n\n7. f').innerHTML).toBe(
    '<p><em>a</em> <strong>b</strong> <code>c</code></p><blockquote><p>d</p></blockquote>' +
      '<ul><li><p>e</p></li></ul><ol start="7"><li><p>f</p></li></ol>',
  )
})

test('a link says that the site does not vouch for it', () => {
  const link = show('[a](https://b.example)').querySelector('a')!
  expect(link.getAttribute('href')).toBe('https://b.example')
  expect(link.rel).toBe('nofollow ugc noopener')
})

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '"><iframe src=javascript:alert(1)>',
  '[a](javascript:alert(1))',
  '[a](data:text/html,<script>alert(1)</script>)',
  '[a](https://b.example" onmouseover="alert(1))',
  '<https://b.example/"onmouseover="alert(1)>',
  '![a](https://b.example/x.png)',
  '```html"><img src=x onerror=alert(1)>\n</code></pre><script>alert(1)</script>\n```',
  '<style>*{display:none}</style><base href=//evil.example><form action=//evil.example>',
  '>'.repeat(5000),
  '- '.repeat(2500),
])('hostile text comes out harmless: %s', (text) => {
  for (const element of show(text).querySelectorAll('*')) {
    expect(ALLOWED).toContain(element.localName)
    for (const name of element.getAttributeNames())
      expect(['href', 'rel', 'dir', 'start', 'class']).toContain(name)
    if (element.localName === 'a') expect(element.getAttribute('href')).toMatch(/^(https?|mailto):/)
  }
})
