// Tests components/moderation/log-entry.tsx, lib/moderation/
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { LogEntry } from '#components/moderation/log-entry.tsx'
import type { AuditEntry } from '#lib/moderation/moderation.ts'

const unban: AuditEntry = {
  id: '2',
  batch: '2',
  action: 'unban',
  moderator: 'Mia',
  at: 0,
  comment: '1',
  name: 'Ann',
  after: null,
  detail: 'reader',
  undone: false,
  undoable: false,
}

test('an act names its comment and leads to it', () => {
  render(<LogEntry act={unban} />)
  const link = screen.getByRole('link', { name: 'Comment by Ann' })
  expect(link.getAttribute('href')).toBe('/moderation/comment?id=1')
})

test('an act whose comment is not known any more leads nowhere', () => {
  render(<LogEntry act={{ ...unban, comment: null, name: '' }} />)
  expect(screen.getAllByRole('paragraph')[0]!.textContent).toBe('Mia lifted the ban on a reader')
  expect(screen.queryByRole('link')).toBeNull()
})

test('what was erased is counted, also in entries that hold an English sentence', () => {
  const erase: AuditEntry = { ...unban, action: 'erase', comment: null, detail: '1, 2' }
  const sentence = (detail: string) => {
    const { container, unmount } = render(<LogEntry act={{ ...erase, detail }} />)
    const text = container.querySelector('p')!.textContent
    unmount()
    return text
  }
  expect(sentence('1, 2')).toBe('Mia erased a reader’s data: 1 comment, 2 votes')
  expect(sentence('comments (3) and votes (1)')).toBe(
    'Mia erased a reader’s data: 3 comments, 1 vote',
  )
})

test('words that were changed are listed, also those of entries that part them by commas', () => {
  for (const detail of ['+ a, b\n− c', '+ a, b, − c']) {
    const words: AuditEntry = { ...unban, action: 'words', comment: null, detail }
    const { container, unmount } = render(<LogEntry act={words} />)
    expect([...container.querySelectorAll('bdi')].map((word) => word.textContent)).toEqual([
      'Mia',
      '+ a, b',
      '− c',
    ])
    unmount()
  }
})
