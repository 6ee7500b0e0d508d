import { expect, test } from 'vitest'
import { markCachedPage } from '#lib/browser/offline/cached-page.ts'
import { renderMarkdown } from '#lib/story/markdown.ts'
import { makeServedPage } from '#lib/publishing/prerendered-page.ts'

test('a page that is kept says so at its loader, whatever its story is about', async () => {
  const story = await renderMarkdown('Write `<script data-src="/a.js">` or data-src="b".')
  const page = `<html><head></head><body>${story.html}</body></html>`
  const { html } = makeServedPage(page, {
    loader: 'load()',
    scripts: ['/b.js'],
    readStyle: () => '',
    fontFaces: '',
    matches: () => () => true,
    countsView: false,
    loadsNow: false,
  })
  const [before, after] = markCachedPage(html, 1_000).split(' data-now="1" data-kept="1000"')
  expect(before).toBe(html.slice(0, html.lastIndexOf(' data-src=')))
  expect(after).toMatch(/^ data-src="\/b\.js">load\(\)<\/script>/)
})
