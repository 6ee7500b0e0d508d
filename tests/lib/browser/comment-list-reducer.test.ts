import { describe, expect, test } from 'vitest'
import type { Comment } from '#lib/comments/comment.ts'
import { type CommentListState, commentListReducer } from '#lib/browser/comment-list-reducer.ts'

/** When the page was read; what is written later is new. */
const READ = 1_000

const comment = (id: string, change: Partial<Comment> = {}): Comment => ({
  id,
  parent: null,
  depth: 0,
  name: 'Ann',
  text: id,
  body: [id],
  createdAt: 0,
  editedAt: null,
  status: 'published',
  byAuthor: false,
  votes: { up: 0, down: 0, mine: null },
  mine: false,
  ...change,
})
const reply = (id: string, parent: string, depth: number) =>
  comment(id, { parent: { id: parent, name: 'Ann' }, depth })
const page = (comments: Comment[], next: string | null = null) => ({
  comments,
  total: comments.length,
  next,
  outcomes: [],
  closed: false,
  readAt: READ,
})
const empty: CommentListState = {
  ...{ sort: 'newest', readAt: 0, total: 0, next: null, outcomes: [], own: [], unshown: [] },
}
const loaded = (comments: Comment[], sort: CommentListState['sort'] = 'newest') =>
  commentListReducer(empty, { type: 'load', page: page(comments), sort })
const ids = ({ comments }: CommentListState) => comments?.map(({ id }) => id)

describe('what the reader writes', () => {
  test('stands first, or last where the oldest come first, and is counted', () => {
    const put = { type: 'put', comment: comment('c') } as const
    expect(ids(commentListReducer(loaded([comment('b'), comment('a')]), put))).toEqual([
      'c',
      'b',
      'a',
    ])
    const oldest = commentListReducer(loaded([comment('a'), comment('b')], 'oldest'), put)
    expect(ids(oldest)).toEqual(['a', 'b', 'c'])
    expect(oldest.total).toBe(3)
  })

  test('as a reply stands after all that stand below what it answers', () => {
    const thread = [comment('a'), reply('b', 'a', 1), reply('c', 'b', 2), comment('z')]
    const put = (comment: Comment) =>
      ids(commentListReducer(loaded(thread), { type: 'put', comment }))
    expect(put(reply('n', 'a', 1))).toEqual(['a', 'b', 'c', 'n', 'z'])
    expect(put(reply('n', 'b', 2))).toEqual(['a', 'b', 'c', 'n', 'z'])
    expect(put(reply('n', 'z', 1))).toEqual(['a', 'b', 'c', 'z', 'n'])
    const flat = [...thread.slice(0, 3), reply('d', 'c', 3), reply('e', 'd', 3)]
    const state = commentListReducer(loaded(flat), { type: 'put', comment: reply('n', 'd', 3) })
    expect(ids(state)).toEqual(['a', 'b', 'c', 'd', 'e', 'n'])
  })

  test('is not lost to an answer that was on its way, and not shown twice', () => {
    const put = commentListReducer(empty, { type: 'put', comment: comment('c', { mine: true }) })
    expect(put.comments).toBeUndefined()
    const late = commentListReducer(put, {
      type: 'load',
      page: page([comment('a')]),
      sort: 'newest',
    })
    expect(ids(late)).toEqual(['c', 'a'])
    const both = page([comment('c'), comment('a')])
    expect(ids(commentListReducer(put, { type: 'load', page: both, sort: 'newest' }))).toEqual([
      'c',
      'a',
    ])
  })

  test('that waits for approval counts for nobody', () => {
    const held = comment('c', { status: 'held', mine: true })
    expect(commentListReducer(loaded([]), { type: 'put', comment: held })).toMatchObject({
      total: 0,
    })
  })

  test('replaces what it was when it is changed', () => {
    const changed = comment('a', { text: 'new' })
    const state = commentListReducer(loaded([comment('b'), comment('a')]), {
      type: 'put',
      comment: changed,
    })
    expect(state.comments).toEqual([comment('b'), changed])
    expect(state.total).toBe(2)
  })
})

describe('what is heard of others', () => {
  const later = (id: string) => comment(id, { createdAt: READ })
  const laterReply = (id: string, parent: string, depth: number) => ({
    ...reply(id, parent, depth),
    createdAt: READ,
  })
  const hear = (
    state: CommentListState,
    ...comments: (Comment | { id: string; status: 'deleted' })[]
  ) =>
    commentListReducer(state, {
      type: 'receive',
      change: { up: 0, down: 0, views: 0, total: 9, comments },
    })

  test('waits to be shown, so that nothing moves', () => {
    const state = hear(loaded([comment('b'), comment('a')]), later('c'), laterReply('d', 'c', 1))
    expect(ids(state)).toEqual(['b', 'a'])
    expect(state.unshown.map(({ id }) => id)).toEqual(['c', 'd'])
    expect(state.total).toBe(9)
    const shown = commentListReducer(state, { type: 'showNew' })
    expect(ids(shown)).toEqual(['c', 'd', 'b', 'a'])
    expect(shown).toMatchObject({ unshown: [], focused: { id: 'c' } })
  })

  test('gets the focus that is shown first, not that came first', () => {
    const state = hear(loaded([comment('a')]), later('c'), { ...later('e'), createdAt: READ + 1 })
    expect(commentListReducer(state, { type: 'showNew' })).toMatchObject({ focused: { id: 'e' } })
  })

  test('is not new when it was only voted on elsewhere, or answers what is not here', () => {
    const state = loaded([comment('m')])
    expect(hear(state, comment('a')).unshown).toEqual([])
    expect(hear(state, laterReply('z', 'elsewhere', 1)).unshown).toEqual([])
    expect(hear(loaded([comment('m')], 'best'), comment('z')).unshown).toEqual([])
    const answer = reply('z', 'm', 1)
    expect(hear(state, answer).unshown).toEqual([])
  })

  test('changes words and totals in place, and leaves whose it is and the reader’s own vote', () => {
    const mine = comment('a', { mine: true, votes: { up: 1, down: 0, mine: 'up' } })
    const heard = comment('a', { text: 'edited', votes: { up: 7, down: 1, mine: null } })
    expect(hear(loaded([mine]), heard).comments).toEqual([
      { ...heard, mine: true, votes: { up: 7, down: 1, mine: 'up' } },
    ])
  })

  test('leaves the reader’s own words readable until they are deleted', () => {
    const mine = comment('a', { mine: true })
    const hearStatus = (status: 'held' | 'refused' | 'deleted') =>
      commentListReducer(loaded([mine]), {
        type: 'receive',
        change: { up: 0, down: 0, views: 0, total: 0, comments: [{ id: 'a', status }] },
      }).comments
    expect(hearStatus('held')).toEqual([{ ...mine, status: 'held' }])
    expect(hearStatus('refused')).toEqual([{ ...mine, status: 'refused' }])
    expect(hearStatus('deleted')).toMatchObject([{ status: 'deleted', text: '' }])
  })

  test('while the first page is on its way waits too, where the page has it not', () => {
    const early = hear(empty, later('b'), later('c'))
    const page1 = page([later('b'), comment('a')])
    const state = commentListReducer(early, { type: 'load', page: page1, sort: 'newest' })
    expect(state.unshown.map(({ id }) => id)).toEqual(['c'])
  })

  test('the reader’s own is not told of as new', () => {
    const own = commentListReducer(empty, { type: 'put', comment: comment('c') })
    const heard = commentListReducer(hear(own, comment('c')), {
      type: 'load',
      page: page([]),
      sort: 'newest',
    })
    expect([ids(heard), heard.unshown]).toEqual([['c'], []])
    const late = commentListReducer(hear(loaded([]), later('c')), {
      type: 'put',
      comment: later('c'),
    })
    expect([ids(late), late.unshown, late.total]).toEqual([['c'], [], 9])
  })

  test('leaves the place of what is deleted, and forgets what waited and whom others answer', () => {
    const answered = hear(loaded([comment('a'), reply('b', 'a', 1)]), {
      id: 'a',
      status: 'deleted',
    })
    expect(answered.comments![1]!.parent).toEqual({ id: 'a', name: '' })
    const state = hear(loaded([comment('a')]), later('c'))
    const gone = hear(state, { id: 'a', status: 'deleted' }, { id: 'c', status: 'deleted' })
    expect(gone.comments).toMatchObject([{ id: 'a', status: 'deleted', name: '', body: [] }])
    expect(gone.unshown).toEqual([])
  })
})

test('what was approved late is new where it would stand among what is loaded', () => {
  const state = loaded([comment('c'), comment('a')])
  const change = { up: 0, down: 0, views: 0, total: 3, comments: [comment('b')] }
  expect(
    commentListReducer(state, { type: 'receive', change }).unshown.map(({ id }) => id),
  ).toEqual(['b'])
})

test('what is on another page is counted once, and deleted words do not come back', () => {
  const own = commentListReducer(loaded([comment('a')]), { type: 'put', comment: comment('z') })
  const elsewhere = { ...page([comment('a')], 'a'), total: 60 }
  const sorted = commentListReducer(own, { type: 'load', page: elsewhere, sort: 'oldest' })
  expect([ids(sorted), sorted.total]).toEqual([['z', 'a'], 60])
  const deleted = comment('z', { status: 'deleted', text: '' })
  const gone = commentListReducer(commentListReducer(own, { type: 'put', comment: deleted }), {
    type: 'load',
    page: page([comment('a')]),
    sort: 'newest',
  })
  expect(ids(gone)).toEqual(['a'])
})

test('what waited and comes with more comments is shown once', () => {
  const later = comment('z', { createdAt: READ })
  const change = { up: 0, down: 0, views: 0, total: 2, comments: [later] }
  const heard = commentListReducer(loaded([comment('a')], 'oldest'), { type: 'receive', change })
  const more = commentListReducer(heard, { type: 'loadMore', page: page([later]) })
  expect(ids(commentListReducer(more, { type: 'showNew' }))).toEqual(['a', 'z'])
})

test('more comments come once, and the first that is new gets the focus', () => {
  const more = page([comment('b'), comment('a')])
  const state = commentListReducer(loaded([comment('c'), comment('b')]), {
    type: 'loadMore',
    page: more,
  })
  expect(ids(state)).toEqual(['c', 'b', 'a'])
  expect(state.focused?.id).toBe('a')
})
