import { describe, expect, test } from 'vitest'
import type { Comment } from '#lib/comments/comment.ts'
import {
  type CommentsData,
  commentsPage,
  type CommentsRequest,
  placeForm,
} from '#lib/comments/comments-page.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

const comment = (id: string, given: Partial<Comment> = {}): Comment => ({
  id,
  name: 'Ann',
  text: '',
  body: [],
  createdAt: 0,
  editedAt: null,
  parent: null,
  depth: 0,
  status: 'published',
  byAuthor: false,
  votes: { up: 0, down: 0, mine: null },
  mine: false,
  ...given,
})
const list = {
  comments: [comment('c1'), comment('c2', { mine: true }), comment('c3', { status: 'deleted' })],
  total: 3,
  next: null,
  outcomes: [],
}
const data: CommentsData = {
  tally: { up: 2, down: 1, mine: null },
  list,
  token: 'new-token',
  now: 1,
}
const keys = { newComment: 'key-1', open: 'key-2' }
const rejected = (path: string, values = {}, code = 'invalid'): RejectedForm => ({
  path,
  values,
  code,
  message: 'Not so.',
  fields: {},
})
const asks = (request: Partial<CommentsRequest>): CommentsRequest => ({
  isShared: false,
  ...request,
})
const place = (request: Partial<CommentsRequest>, closed = false) =>
  placeForm(asks(request), list, closed)
const page = (request: Partial<CommentsRequest>, found: CommentsData | undefined = data) =>
  commentsPage(asks(request), found, false, keys)

describe('a form that an address opens', () => {
  test('stands at its comment', () => {
    expect(place({ page: 'c1', act: 'reply' })).toEqual({
      at: 'comment',
      form: { id: 'c1', kind: 'reply' },
    })
  })

  test.each(['edit', 'delete'] as const)('%s is for the author of the comment alone', (act) => {
    expect(place({ page: 'c1', act }).at).toBe('none')
    expect(place({ page: 'c2', act }).at).toBe('comment')
  })

  test('is not there where its comment is not', () => {
    expect(place({ page: 'elsewhere', act: 'reply' }).at).toBe('none')
  })
})

describe('a rejected form', () => {
  test.each([
    ['a new comment stands in its form', '/api/comments', {}, 'invalid', 'new-comment'],
    ['a reply stands at its comment', '/api/comments', { parent: 'c1' }, 'invalid', 'comment'],
    [
      'a reply to what has gone becomes a new comment',
      '/api/comments',
      { parent: 'gone' },
      'parent_gone',
      'new-comment',
    ],
    [
      'a reply to what is elsewhere has no place',
      '/api/comments',
      { parent: 'elsewhere' },
      'invalid',
      'nowhere',
    ],
    [
      'an edit of what has gone has no place',
      '/api/comments/gone',
      { text: 'x' },
      'not_found',
      'nowhere',
    ],
    ['a report stands at its comment', '/api/comments/c1/reports', {}, 'invalid', 'comment'],
    ['a vote stands at its comment', '/api/votes', { comment: 'c1' }, 'too_many', 'comment-votes'],
    ['a vote on the story stands there', '/api/votes', {}, 'too_many', 'story-votes'],
    [
      'a vote on what is deleted is told at the story’s',
      '/api/votes',
      { comment: 'c3' },
      'not_found',
      'story-votes',
    ],
  ])('%s', (_, path, values, code, at) => {
    expect(place({ rejected: rejected(path, values, code) }).at).toBe(at)
  })

  test('has no place where comments are closed, and shows what was typed', () => {
    const form = rejected('/api/comments', { text: 'Typed' }, 'closed')
    expect(place({ rejected: form }, true)).toEqual({
      at: 'nowhere',
      message: expect.stringContaining('Not so.'),
      text: 'Typed',
    })
  })

  test('keeps its key and a token that is still good', () => {
    const form = rejected('/api/comments', { key: 'old-key', token: 'old-token' })
    expect(page({ rejected: form }).list.form).toMatchObject({
      rejected: form,
      formKey: 'old-key',
      token: 'old-token',
    })
  })

  test('gets a new key where its own is used, a new token where its own is not good', () => {
    const used = rejected('/api/comments', { key: 'old-key' }, 'key_used')
    expect(page({ rejected: used }).list.form?.formKey).toBe('key-1')
    const expired = rejected('/api/comments', { token: 'old-token' }, 'form_expired')
    expect(page({ rejected: expired }).list.form?.token).toBe('new-token')
  })

  test('leaves the form of a new comment empty, under another key, where it stands at a comment', () => {
    const { form, supplies, open } = page({
      rejected: rejected('/api/comments', { parent: 'c1', text: 'Typed' }),
    }).list
    expect(open).toEqual({ id: 'c1', kind: 'reply' })
    expect(supplies).toMatchObject({ rejected: { values: { text: 'Typed' } }, formKey: 'key-2' })
    expect(form).toEqual({ token: 'new-token', formKey: 'key-1' })
  })

  test('shows how its text will look where that was asked for', () => {
    const form = rejected('/api/comments', { text: 'So' }, 'preview')
    expect(page({ rejected: form }).list.form?.preview).toEqual([
      { type: 'paragraph', children: ['So'] },
    ])
  })
})

test('a page for many readers has no key: it is good for one comment', () => {
  expect(page({ isShared: true }).list.form).toEqual({ token: 'new-token' })
})

test('where the store cannot be read the form is there', () => {
  const shown = commentsPage(asks({}), undefined, false, keys)
  expect(shown).toMatchObject({ isUnavailable: true, list: { form: { formKey: 'key-1' } } })
})

test('what has just been done to a comment is told', () => {
  expect(page({ act: 'deleted' }).notice).toEqual({ type: 'deleted' })
  expect(page({ page: 'c1', act: 'reported' }).list.reported).toBe('c1')
})

test.each([
  ['the first comments', {}, false],
  ['a comment', { page: 'c1' }, true],
  ['what comes after one', { after: 'c1' }, true],
])('a list that begins with %s says whether more come before', (_, request, isPart) => {
  expect(page(request).isPart).toBe(isPart)
})
