import { expect, test } from 'vitest'
import { renderMarkdown } from '#lib/story/markdown.ts'
import { authorData, storyData } from '#lib/metadata/structured-data.ts'
import { dateModified } from '#lib/story/content.ts'
import { ARTICLE } from '#tests/support/story.ts'

const SITE = 'https://example.org'

test('a story tells programs what it tells readers', () => {
  expect(storyData(ARTICLE, SITE)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': `${SITE}/`,
    mainEntityOfPage: `${SITE}/`,
    headline: ARTICLE.title,
    description: ARTICLE.description,
    image: [`${SITE}/icon.svg`, `${SITE}/card.png`],
    datePublished: '2026-02-26',
    dateModified: '2026-03-02',
    author: { '@type': 'Person', name: 'Ann Author', url: `${SITE}/author` },
    publisher: { '@type': 'Organization', name: 'Broadside', url: `${SITE}/` },
    inLanguage: 'en',
    articleSection: ['Sea', 'A & B'],
    keywords: ['Sea', 'A & B'],
    // One two three four five a href kept
    wordCount: 8,
    isAccessibleForFree: true,
    discussionUrl: `${SITE}/comments`,
    correction: [
      {
        '@type': 'CorrectionComment',
        datePublished: '2026-03-02',
        text: 'It was <i>Monday</i>.',
      },
    ],
    citation: [{ '@type': 'CreativeWork', name: 'The report', url: 'https://example.com/report' }],
    isBasedOn: [
      { '@type': 'CreativeWork', name: 'A book', url: 'https://example.com/book?a=1&b=2' },
    ],
  })
})

test('a description of the author has no notes', async () => {
  const { html } = await renderMarkdown('A life.[^1]\n\n[^1]: In *Who’s Who*.\n')
  const { mainEntity } = authorData({ name: 'Ann', html }, ARTICLE) as unknown as {
    mainEntity: { description: string }
  }
  expect(mainEntity.description).not.toMatch(/In Who’s Who|Footnotes|\d/)
})

const wordsIn = async (text: string) =>
  storyData({ ...ARTICLE, ...(await renderMarkdown(text)) }, SITE).wordCount

test('the words of a note are counted once', async () => {
  const [short, long] = await Promise.all(
    ['One.', 'One, two, three.'].map((note) => wordsIn(`A text.[^1]\n\n[^1]: ${note}\n`)),
  )
  expect(Number(long) - Number(short)).toBe(2)
})

test('words that a pull quote repeats are counted once, and its own as well', async () => {
  expect(await wordsIn('It is so.\n\n> [!QUOTE]\n> It is so\n')).toBe(3)
  expect(await wordsIn('It is so.\n\n> [!QUOTE]\n> Nobody said that\n')).toBe(6)
})

test('what a story has none of is not told, and without a site addresses are relative', () => {
  const { image: _, ...bare } = { ...ARTICLE, sources: [], inspiredBy: [], corrections: [] }
  const data = storyData(bare) as unknown as Record<string, unknown>
  expect(Object.keys(data)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(correction|citation|isBasedOn)$/)]),
  )
  expect([data['@id'], data.image]).toEqual(['/', ['/card.png']])
})

test('an author is a person with a page', () => {
  const author = { name: 'Ann Author', avatar: '/icon.svg', html: '<p>Writes &#x26; reads.</p>' }
  expect(authorData(author, ARTICLE, SITE)).toMatchObject({
    '@type': 'ProfilePage',
    mainEntity: {
      '@type': 'Person',
      name: 'Ann Author',
      description: 'Writes & reads.',
      image: `${SITE}/icon.svg`,
    },
  })
})

test('the last change is the last of publication, update and corrections', () => {
  const { updated: _, ...never } = { ...ARTICLE, corrections: [] }
  expect([ARTICLE, { ...ARTICLE, corrections: [] }, never].map(dateModified)).toEqual([
    '2026-03-02',
    '2026-02-27',
    '2026-02-26',
  ])
})
