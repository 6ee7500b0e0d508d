import type { Article } from '#lib/story/content.ts'

/** A story that has everything a story can have, with what must be escaped in it. */
export const ARTICLE: Article = {
  title: 'Harbour </script> & "sea" <b>',
  description: 'What the harbour said & did',
  date: '2026-02-26',
  updated: '2026-02-27',
  categories: ['Sea', 'A & B'],
  standfirst: true,
  author: 'Ann Author',
  language: 'en',
  inspiredBy: [{ title: 'A book', address: 'https://example.com/book?a=1&b=2' }],
  sources: [{ title: 'The report', address: 'https://example.com/report' }],
  image: { src: '/icon.svg', alt: 'The "harbour"', caption: 'At dawn', credit: 'Ann' },
  comments: 'open',
  heldWords: [],
  corrections: [{ date: '2026-03-02', text: 'It was <i>Monday</i>.' }],
  html: '<p>One two <a href="/author" title="a > b">three</a>, <a href="#x">four</a> &#x26; five.</p>\n<pre><code>&#x3C;a href="/kept">\n</code></pre>',
  sections: [],
  minutes: { from: 2, to: 4 },
}
