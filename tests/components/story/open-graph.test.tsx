import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { OpenGraph } from '#components/story/open-graph.tsx'
import { ARTICLE } from '#tests/support/story.ts'

const tags = (site?: string) => {
  const markup = renderToStaticMarkup(<OpenGraph article={ARTICLE} site={site} />)
  const page = new DOMParser().parseFromString(markup, 'text/html')
  return Object.fromEntries(
    [...page.querySelectorAll('meta')].map((meta) => [
      meta.getAttribute('property') ?? meta.name,
      meta.content,
    ]),
  )
}
const ANYWHERE = {
  'article:modified_time': '2026-03-02',
  'article:published_time': '2026-02-26',
  'og:type': 'article',
  'og:site_name': 'Broadside',
  'og:title': ARTICLE.title,
  'og:description': ARTICLE.description,
  'twitter:card': 'summary_large_image',
}

test('a link is shown with headline, description and card', () => {
  expect(tags('https://example.org')).toEqual({
    ...ANYWHERE,
    'og:url': 'https://example.org/',
    'og:image': 'https://example.org/card.png',
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': ARTICLE.title,
  })
})

test('without SITE_URL what would have to be a whole address is left out', () => {
  expect(tags()).toEqual(ANYWHERE)
})
