import { expect, test } from 'vitest'
import { excerptOf, insertPreview } from '#lib/metadata/link-preview.ts'

const PAGE = '<head><title>Comments on Harbour</title></head><p>Comments'

test('a page is shown as what its address leads to', () => {
  const page = insertPreview(PAGE, { title: 'Ann on “A & B”', description: '<b>$&"' })
  expect(page).toBe(
    '<head><title>Ann on “A &#38; B”</title><meta name="description" content="&#60;b&#62;$&#38;&#34;"/>' +
      '<meta property="og:title" content="Ann on “A &#38; B”"/>' +
      '<meta property="og:description" content="&#60;b&#62;$&#38;&#34;"/></head><p>Comments',
  )
})

test('a long text is cut after a word, and no character is cut', () => {
  expect(excerptOf(' One\n two ')).toBe('One two')
  const words = excerptOf('harbour '.repeat(40))
  expect(words).toMatch(/ harbour…$/)
  expect(words.length).toBeLessThanOrEqual(161)
  for (const letters of ['港'.repeat(200), `a${'😀'.repeat(100)}`])
    expect(excerptOf(letters)).toMatch(/^(?:港|a?😀)+…$/u)
})
