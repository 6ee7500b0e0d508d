// Tests app/page.tsx, components/story/
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readability } from '@mozilla/readability'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import ArticlePage from '#app/page.tsx'
import type { CommentPage } from '#lib/comments/comment.ts'
import { canonicalUrl } from '#lib/metadata/canonical-url.ts'
import { loadContent } from '#lib/story/content.ts'
import { renderMarkdown } from '#lib/story/markdown.ts'
import { stubServer } from '#tests/support/server-stub.ts'

test('the page shows every part of the story, in order', async () => {
  stubServer({
    'GET /api/comments': {
      comments: [
        {
          id: 'c1',
          name: 'Ann',
          text: 'Hi',
          body: [{ type: 'paragraph', children: ['Hi'] }],
          createdAt: 0,
          editedAt: null,
          parent: null,
          depth: 0,
          status: 'published',
          byAuthor: false,
          votes: { up: 0, down: 0, mine: null },
          mine: false,
        },
      ],
      total: 1,
      next: null,
      outcomes: [],
    } satisfies CommentPage,
  })
  render(await ArticlePage())
  const story = screen.getByRole('article', { name: /^US Diplomats/ })
  const parts = [
    screen.getByRole('complementary', { name: 'Now Reading' }),
    screen.getAllByRole('banner')[0]!,
    ...within(screen.getByRole('list', { name: 'Categories' })).getAllByRole('listitem'),
    screen.getByRole('heading', {
      level: 1,
      name: 'US Diplomats Urged to Counter Global Data Localization Efforts',
    }),
    screen.getByText(/^The US government has .* abroad, in the name of open data flows\.$/),
    screen.getAllByRole('link', { name: 'Artimouse Prime' })[0]!,
    screen.getByText('February 26, 2026'),
    screen.getByRole('navigation', { name: 'Quick Navigation' }),
    screen.getByText(/^The US government has instructed its diplomats to actively/),
    screen.getByRole('heading', { level: 2, name: 'US Concerns Over Data Sovereignty Laws' }),
    screen.getByText(/^An internal memo from Secretary of State Marco Rubio/),
    screen.getByRole('heading', {
      level: 2,
      name: 'Diplomatic Efforts to Promote Data Flow Freedom',
    }),
    screen.getByText(/^Overall, the US is taking an active role/),
    screen.getByRole('region', { name: 'Votes' }),
    screen.getByRole('button', { name: 'Upvote' }),
    screen.getByRole('button', { name: 'Downvote' }),
    await screen.findByText('3 People voted this article. 2 Upvotes - 1 Downvote.'),
    await screen.findByText('1,234 views'),
    screen.getByRole('region', { name: 'Artimouse Prime' }),
    screen.getByText(/^Artimouse Prime is the synthetic mind behind Artiverse.ca/),
    screen.getByRole('heading', { level: 2, name: 'What do you think?' }),
    screen.getByText('It is nice to know your opinion. Leave a comment.'),
    screen.getByRole('form', { name: 'Leave a reply' }),
    screen.getByRole('textbox', { name: 'Name' }),
    screen.getByRole('textbox', { name: 'Comment' }),
    screen.getByRole('button', { name: 'Post comment' }),
    document.querySelector('#comments a[href="/privacy"]')!,
    await screen.findByText('1 comment'),
    screen.getByRole('article', { name: 'Ann' }),
    document.querySelector('body > div > footer a[href="#top"]')!,
  ]
  for (const [index, part] of parts.slice(1).entries()) {
    const position = parts[index]!.compareDocumentPosition(part)
    expect(position & Node.DOCUMENT_POSITION_FOLLOWING, part.outerHTML).toBeTruthy()
  }
  expect(
    within(within(story).getByRole('list', { name: 'Categories' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['AI Infrastructure', 'AI Regulation', 'Developer Tools'])
  expect(screen.getByText('February 26, 2026').closest('time')).toHaveProperty(
    'dateTime',
    '2026-02-26',
  )
})

test('Quick Navigation leads to the story and each of its sections', async () => {
  stubServer()
  render(await ArticlePage())
  await screen.findByText('0 comments')
  const navigation = screen.getByRole('navigation', { name: 'Quick Navigation' })
  const links = [...navigation.querySelectorAll('ol a')]
  expect(links).toHaveLength(3)
  for (const link of links) {
    const target = document.querySelector(link.getAttribute('href')!)!
    expect(target.textContent).toContain(link.textContent)
  }
  expect(navigation.querySelector('a[href="#top"]')!.textContent).toBe('To Top')
})

test('an empty list of comments invites the first', async () => {
  stubServer()
  render(await ArticlePage())
  expect(screen.getByText('Loading')).toBeTruthy()
  expect(await screen.findByText('No comments yet. Be the first.')).toBeTruthy()
  expect(screen.queryByText('Loading')).toBeNull()
})

test('the vote and comment forms work without a script', async () => {
  stubServer()
  render(await ArticlePage())
  await screen.findByText('0 comments')
  const form = screen.getByRole<HTMLFormElement>('form', { name: 'Leave a reply' })
  expect(form.method).toBe('post')
  expect(form.getAttribute('action')).toBe('/api/comments#leave-a-reply')
  const vote = screen.getByRole<HTMLButtonElement>('button', { name: 'Upvote' })
  expect([vote.type, vote.name, vote.value]).toEqual(['submit', 'vote', 'up'])
  expect(vote.form!.method).toBe('post')
  expect(vote.form!.getAttribute('action')).toBe('/api/votes#votes')
})

test('every id of the page is kept from the story’s headings', async () => {
  stubServer()
  render(await ArticlePage())
  await screen.findByText('0 comments')
  await userEvent.click(screen.getByRole('button', { name: 'Post comment' }))
  const headings = new Set((await loadContent()).article.sections.map(({ id }) => id))
  // The paragraphs' own come after the headings', whatever these are.
  const ids = [...document.querySelectorAll('[id]:not(.story > p)')].map(({ id }) => id)
  const { sections } = await renderMarkdown(
    ids.map((id) => `## ${id.replaceAll('-', ' ')}`).join('\n\n'),
  )
  const taken = sections.map(({ id }) => id).filter((id) => ids.includes(id) && !headings.has(id))
  expect(taken).toEqual([])
})

test('sources, corrections and a picture stand on the page when the story has them', async () => {
  stubServer()
  const folder = await mkdtemp(join(tmpdir(), 'broadside-page-'))
  const before = process.cwd()
  await cp('content', join(folder, 'content'), { recursive: true })
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'public/harbour.jpg'), '')
  const file = join(folder, 'content/article.md')
  const source = await readFile(file, 'utf8')
  const more = `inspiredBy: [{ title: A talk about ports and ships, address: "https://example.org/talk" }]
sources: [{ title: The whole report of the committee, address: "https://example.org/report" }]
image: { src: /harbour.jpg, alt: The harbour }
corrections: [{ date: 2026-03-01, text: A name was wrong in the text. }]`
  await writeFile(file, source.replace(/inspiredBy:[^]*(?=\n---)/, more))
  process.chdir(folder)
  try {
    render(await ArticlePage())
  } finally {
    process.chdir(before)
    await rm(folder, { recursive: true })
  }
  await screen.findByText('0 comments')
  expect(screen.getByRole('img', { name: 'The harbour' })).toBeTruthy()
  for (const name of ['Inspired by', 'Sources', 'Corrections'])
    expect(screen.getByRole('heading', { name })).toBeTruthy()
  const copy = document.cloneNode(true) as Document
  const { textContent } = new Readability(copy).parse()!
  for (const words of ['actively oppose', 'A talk about', 'The whole report', 'A name was'])
    expect(textContent, 'in reader mode').toContain(words)
})

test('a canonical address is whole, or is not there', () => {
  expect(canonicalUrl('/author')).toBeUndefined()
})
