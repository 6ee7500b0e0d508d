import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CommentItem } from '#components/comments/comment-item.tsx'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import type { Comment, CommentPage } from '#lib/comments/comment.ts'
import { expandComments, compactComments } from '#lib/browser/compact-comments.ts'

const TEXT =
  'One **strong** and *soft* `code`\nnext\n\n> quoted\n\n1. first\n2. second\n\n- a\n\n```\nlet x\n```\n\nhttps://example.org/a?b=1'
const comment = (change: Partial<Comment> = {}): Comment => ({
  id: '01890000-0000-7000-8000-000000000001',
  parent: null,
  depth: 0,
  name: 'Ann',
  text: TEXT,
  body: parseComment(TEXT),
  createdAt: 1_700_000_000_000,
  editedAt: null,
  status: 'published',
  byAuthor: false,
  votes: { up: 0, down: 0, mine: null },
  mine: false,
  ...change,
})
const page = (...comments: Comment[]): CommentPage => ({
  comments,
  total: comments.length,
  next: null,
  outcomes: [],
})
const show = (shown: Comment) =>
  render(<CommentItem comment={shown} language="en" now={0} onAct={() => {}} />)

test('a page sends of a usual comment its id, name and time, and its markup has the rest', () => {
  show(comment())
  const sent = compactComments(page(comment()))
  expect(Object.keys(sent.comments[0]!)).toEqual(['id', 'name', 'createdAt'])
  const [read] = expandComments(JSON.parse(JSON.stringify(sent)) as typeof sent).comments
  expect(read).toEqual(comment({ text: '' }))
})

test('what is unusual in a comment, and the text of the reader’s own, is sent', () => {
  const unusual = comment({
    parent: { id: '01890000-0000-7000-8000-000000000002', name: 'Ben' },
    depth: 1,
    editedAt: 1_700_000_001_000,
    status: 'held',
    byAuthor: true,
    votes: { up: 2, down: 1, mine: 'down' },
    mine: true,
  })
  show(unusual)
  const sent = JSON.parse(JSON.stringify(compactComments(page(unusual)))) as CommentPage
  expect(expandComments(sent)).toEqual(page(unusual))
})

test('of what others have put into a comment the words are kept', () => {
  show(comment({ body: [{ type: 'paragraph', children: ['some words'] }] }))
  const text = document.querySelector('.comment-text p')!.firstChild as Text
  const font = document.createElement('font')
  text.replaceWith(font)
  font.append(text)
  const [read] = expandComments(compactComments(page(comment()))).comments
  expect(read!.body).toEqual([{ type: 'paragraph', children: ['some words'] }])
})

test('a comment whose markup is gone is empty, and nothing breaks', () => {
  expect(expandComments(compactComments(page(comment()))).comments[0]!.body).toEqual([])
})
