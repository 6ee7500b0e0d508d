import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import LinkPage from '#app/link/page.dev.tsx'
import { Advice } from '#components/advice.tsx'
import { loadContent } from '#lib/content.ts'

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

test('advice is listed with its places and counted; without any there is no panel', () => {
  const findings = ['content/article.md:3: one thing', 'content/author.md:5: another']
  const { rerender } = render(<Advice findings={findings} />)
  expect(screen.getByText('npm run check advises (2)').localName).toBe('summary')
  const items = screen.getAllByRole('listitem', { hidden: true })
  expect(items.map(({ textContent }) => textContent)).toEqual(findings)
  rerender(<Advice findings={[]} />)
  expect(document.querySelector('#advice')).toBeNull()
})
