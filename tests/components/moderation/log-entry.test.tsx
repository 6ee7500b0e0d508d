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
  const link = screen.getByRole('link', { name: 'the comment by Ann' })
  expect(link.getAttribute('href')).toBe('/moderation/comment?id=1')
})

test('an act whose comment is not known any more leads nowhere', () => {
  render(<LogEntry act={{ ...unban, comment: null, name: '' }} />)
  const line = screen.getByRole('paragraph').textContent
  expect(line).toContain('lifted the ban on the reader: a comment')
  expect(screen.queryByRole('link')).toBeNull()
})
