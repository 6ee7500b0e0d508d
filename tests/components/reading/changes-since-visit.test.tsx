import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ChangesSinceVisit } from '#components/reading/changes-since-visit.tsx'

const FIRST = ['One passage.', 'Two passages.', 'Three passages.']

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:00') })
})
afterEach(() => vi.useRealTimers())

/** Reads the story once, with these passages and corrections, so many days after the first of March. */
function read(passages: string[], corrections: string[] = [], days = 0) {
  document.body.innerHTML = `<h1 id="headline">A title</h1>
    <div class="story">${passages.map((text) => `<p>${text}</p>`).join('')}</div>
    <ul id="corrections">${corrections.map((text) => `<li>${text}</li>`).join('')}</ul>`
  vi.setSystemTime(Date.parse('2026-03-01T12:00:00') + days * 86_400_000)
  const { unmount } = render(<ChangesSinceVisit />)
  const told = screen.getByRole('status').querySelector('summary')?.textContent
  const marked = [...document.querySelectorAll('.changed')].map(({ textContent }) => textContent)
  return { told, marked, unmount }
}

test('a first visit, and one to the same story, are told nothing', () => {
  expect(read(FIRST).told).toBeUndefined()
  expect(read(FIRST, [], 3).told).toBeUndefined()
})

test('who comes back is told what has changed since when, and led to it', () => {
  read(FIRST).unmount()
  read(FIRST, [], 1).unmount()
  const { told, marked } = read(
    ['One passage.', 'Rewritten.', 'Three passages.', 'New.'],
    ['Oh.'],
    5,
  )
  expect(told).toBe('Changed since your visit on March 2, 2026: 2 passages and 1 correction')
  expect(marked).toEqual(['Rewritten.', 'New.'])
  for (const link of screen.getByRole('status').querySelectorAll('a')) {
    const target = document.querySelector(link.getAttribute('href')!)!
    expect(target.id === 'corrections' || target.textContent === link.textContent).toBe(true)
  }
})

test('a passage that was taken out is told, and one that only moved is not', () => {
  read(FIRST).unmount()
  expect(read(['Three passages.', 'One passage.']).told).toMatch(/: 1 passage removed$/)
  localStorage.clear()
  read(FIRST).unmount()
  expect(read(FIRST.toReversed()).marked).toEqual([])
})

test('a new number of a note makes no new passage', () => {
  const noted = (number: number) =>
    `<span class="footnote">${number}</span>Two passages.<sup class="footnote-reference">${number}</sup>`
  read([...FIRST, noted(1)]).unmount()
  expect(read([...FIRST, noted(2)]).told).toBeUndefined()
})

test('a reload shows the changes again, for a day or until they are closed', async () => {
  const second = ['One passage.', 'Rewritten.', 'Three passages.']
  read(FIRST).unmount()
  expect(read(second, [], 2).told).toContain('March 1')
  expect(read(second, [], 2.5).told).toContain('March 1')
  expect(read(second, [], 3.5).told).toBeUndefined()

  read(FIRST, [], 4).unmount()
  read(second, [], 5)
  await userEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1)!)
  expect(document.querySelector('.changed')).toBeNull()
  expect(read(second, [], 5).told).toBeUndefined()
})

test('another story, and a browser that keeps nothing, are a first visit', () => {
  read(FIRST).unmount()
  document.body.innerHTML = ''
  localStorage.setItem('edition', '{"passages":3}')
  expect(read(FIRST).told).toBeUndefined()
  localStorage.setItem('edition', JSON.stringify({ at: 0, passages: ['x'], corrections: [] }))
  expect(read(FIRST).told).toBeUndefined()
})
