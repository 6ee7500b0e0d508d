import { expect, test } from 'vitest'
import { insertOrigin, PLACEHOLDER_ORIGIN } from '#lib/metadata/site-origin.ts'

const BUILT =
  `<head><link rel="canonical" href="${PLACEHOLDER_ORIGIN}/"/><meta property="og:title" content="A"/>` +
  `<meta property="og:image" content="${PLACEHOLDER_ORIGIN}/card.png"/><meta property="og:image:width" content="1200"/>` +
  `<meta name="twitter:image:alt" content="&quot;B&quot; &gt; A"/><link rel="icon" href="/icon.svg"/></head>` +
  `<script type="application/ld+json">{"@id":"${PLACEHOLDER_ORIGIN}/","url":"${PLACEHOLDER_ORIGIN}/author"}</script>`

test('every address of a page that was built gets the site’s origin', () => {
  const page = insertOrigin(BUILT, 'https://xn--bcher-kva.example:8443')
  expect(page).toContain('<link rel="canonical" href="https://xn--bcher-kva.example:8443/"/>')
  expect(page).toContain('content="https://xn--bcher-kva.example:8443/card.png"')
  expect(page).toContain('"url":"https://xn--bcher-kva.example:8443/author"')
  expect(page).not.toContain(PLACEHOLDER_ORIGIN)
})

test('without an origin what needs a whole address is left out, and other addresses are relative', () => {
  expect(insertOrigin(BUILT, undefined)).toBe(
    '<head><meta property="og:title" content="A"/><link rel="icon" href="/icon.svg"/></head>' +
      '<script type="application/ld+json">{"@id":"/","url":"/author"}</script>',
  )
})
