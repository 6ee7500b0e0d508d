// Tests app/link/, app/messages/, components/story/lint-findings.tsx
import { render, screen, within } from '@testing-library/react'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import LinkPage from '#app/link/page.dev.tsx'
import MessagesPage from '#app/messages/page.dev.tsx'
import ArticlePage, { generateMetadata } from '#app/page.tsx'
import { LintFindings } from '#components/story/lint-findings.tsx'
import { loadContent } from '#lib/story/content.ts'

test('a link is previewed as places show it, with what it lacks', async () => {
  const { title, description } = (await loadContent()).article
  render(await LinkPage())
  const section = (name: RegExp) =>
    within(screen.getByRole('heading', { name }).closest('section')!)
  for (const name of [/chat/, /work/, /feed/]) {
    section(name).getByText(title)
    const card = section(name).getByRole('img', { name: title })
    expect(card.getAttribute('src')).toBe('/card.png')
  }
  for (const name of [/chat/, /work/, /search/]) section(name).getByText(description)
  expect(section(/search/).queryByRole('img')).toBeNull()
  expect(screen.getByRole('note').textContent).toContain('SITE_URL is not set')
})

test('every message of a language is shown with numbers and names, and where it is used', async () => {
  render(await MessagesPage({ searchParams: Promise.resolve({ language: 'ar' }) }))
  const votes = screen.getByRole('heading', { name: 'messages/ar/votes.json' }).closest('section')!
  expect(votes.textContent).toContain('components/votes/story-votes.tsx')
  for (const text of ['نقطة واحدة', 'نقطتان', '\u20683\u2069 نقاط'])
    expect(within(votes).getByText(text, { exact: false }).getAttribute('dir')).toBe('rtl')
  expect(screen.queryByRole('note')).toBeNull()
  expect(document.body.textContent).toContain('محمد')
})

test('advice is listed with its places and counted; without any there is no panel', () => {
  const findings = ['content/article.md:3: one thing', 'content/author.md:5: another']
  const { rerender } = render(<LintFindings findings={findings} />)
  expect(screen.getByText('npm run check advises (2)').localName).toBe('summary')
  const items = screen.getAllByRole('listitem', { hidden: true })
  expect(items.map(({ textContent }) => textContent)).toEqual(findings)
  rerender(<LintFindings findings={[]} />)
  expect(document.querySelector('#advice')).toBeNull()
})

test('what is wrong with the story is said in its place while it is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-written-'))
  const before = process.cwd()
  await cp('content', join(folder, 'content'), { recursive: true })
  const file = join(folder, 'content/article.md')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^date: .*$/m, 'date: tomorrow'))
  process.chdir(folder)
  try {
    // Readers' pages are built before, and a build ends there.
    await expect(ArticlePage()).rejects.toThrow('must be a date')
    vi.stubEnv('NODE_ENV', 'development')
    expect(await generateMetadata()).toEqual({})
    render(await ArticlePage())
  } finally {
    vi.unstubAllEnvs()
    process.chdir(before)
    await rm(folder, { recursive: true })
  }
  screen.getByRole('heading', { name: 'The story cannot be shown yet' })
  expect(screen.getByRole('listitem').textContent).toMatch(
    /^content\/article\.md:\d+: "date" must be a date such as 2026-02-26, found "tomorrow"$/,
  )
})
