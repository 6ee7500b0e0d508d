// Tests components/story/
import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ArticleHeader } from '#components/story/article-header.tsx'
import { ArticleImage } from '#components/story/article-image.tsx'
import { AuthorBox } from '#components/story/author-box.tsx'
import { Corrections } from '#components/story/corrections.tsx'
import { References } from '#components/story/references.tsx'
import type { Article } from '#lib/story/content.ts'

const article: Article = {
  title: 'A title',
  description: 'What it is about',
  date: '2026-02-26',
  updated: '2026-03-01',
  categories: ['News'],
  standfirst: true,
  author: 'Ann Author',
  language: 'en',
  inspiredBy: [],
  sources: [{ title: 'The report', address: 'https://example.org/report' }],
  image: { src: '/harbour.jpg', alt: 'The harbour', caption: 'At dawn', credit: 'B. Photo' },
  comments: 'open',
  heldWords: [],
  corrections: [{ date: '2026-03-01', text: 'A name was wrong.' }],
  html: '<p>Text</p>',
  sections: [],
  minutes: { from: 2, to: 4 },
}

test('a story says when it was updated and corrected, and how long it takes', () => {
  const corrections = [...article.corrections, { date: '2026-02-27', text: 'Another, too.' }]
  render(<ArticleHeader article={{ ...article, updated: '2026-03-02', corrections }} />)
  expect(screen.getByText('March 2, 2026').closest('time')).toHaveProperty('dateTime', '2026-03-02')
  const corrected = screen.getByRole('link', { name: 'Corrected March 1, 2026' })
  expect(corrected.getAttribute('href')).toBe('#corrections')
  expect(screen.getByText('2–4 minutes to read')).toBeTruthy()
})

test('the description stands below the headline, unless the publisher takes it away', () => {
  const { rerender } = render(<ArticleHeader article={article} />)
  const standfirst = screen.getByText(article.description)
  expect(standfirst.previousElementSibling).toBe(screen.getByRole('heading', { level: 1 }))
  rerender(<ArticleHeader article={{ ...article, standfirst: false }} />)
  expect(screen.queryByText(article.description)).toBeNull()
})

test('sources are a list of links under their heading, and nothing when there are none', () => {
  const { container, rerender } = render(
    <References heading="Sources" list={article.sources} language="en" />,
  )
  expect(screen.getByRole('heading', { name: 'Sources' })).toBeTruthy()
  const link = within(screen.getByRole('listitem')).getByRole('link', { name: 'The report' })
  expect(link.getAttribute('href')).toBe('https://example.org/report')
  rerender(<References heading="Sources" list={[]} language="en" />)
  expect(container.innerHTML).toBe('')
})

test('corrections are dated, and not there when there are none', () => {
  const { container, rerender } = render(<Corrections article={article} />)
  expect(screen.getByRole('listitem').textContent).toBe('March 1, 2026: A name was wrong.')
  rerender(<Corrections article={{ ...article, corrections: [] }} />)
  expect(container.innerHTML).toBe('')
})

test('a picture has its words, caption and credit', () => {
  render(<ArticleImage image={article.image!} picture={{ src: '/harbour.jpg', sources: [] }} />)
  expect(screen.getByRole('img', { name: 'The harbour' }).getAttribute('src')).toBe('/harbour.jpg')
  expect(screen.getByRole('figure').textContent).toBe('At dawn B. Photo')
})

test('an author has a picture, or initials', () => {
  const author = { name: 'Ann B. Author', html: '<p>Bio</p>' }
  const { container, rerender } = render(<AuthorBox author={author} />)
  expect(screen.getByText('AA')).toBeTruthy()
  rerender(<AuthorBox author={{ ...author, picture: { src: '/face.png', sources: [] } }} />)
  expect(container.querySelector('img')?.getAttribute('src')).toBe('/face.png')
})
