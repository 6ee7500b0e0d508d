import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { AllComments as Comments } from '#components/comments/all-comments.tsx'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { readDraft } from '#lib/browser/drafts.ts'
import { renderServed } from '#tests/support/render-served.ts'
import { refusal, stubServer } from '#tests/support/server-stub.ts'

const comment = (id: string, text: string): Comment => ({
  id,
  name: `Writer of ${id}`,
  text,
  body: [{ type: 'paragraph', children: [text] }],
  createdAt: Date.UTC(2026, 1, 26),
  editedAt: null,
  parent: null,
  depth: 0,
  status: 'published',
  byAuthor: false,
  votes: { up: 0, down: 0, mine: null },
  mine: false,
})
const write = async (name: string, text: string) => {
  if (name) await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), name)
  if (text) await userEvent.type(screen.getByRole('textbox', { name: 'Comment' }), text)
  await userEvent.click(screen.getByRole('button', { name: 'Post comment' }))
}
const value = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name }).value

test('older comments come on demand, each once, and are announced', async () => {
  stubServer({
    'GET /api/comments': {
      comments: [comment('c3', 'three'), comment('c2', 'two')],
      total: 3,
      next: 'c2',
      outcomes: [],
    },
    'GET /api/comments?after=c2': {
      comments: [comment('c2', 'two'), comment('c1', 'one')],
      total: 3,
      next: null,
      outcomes: [],
    },
  })
  render(<Comments language="en" />)
  const older = await screen.findByRole('link', { name: 'Older comments' })
  expect(older.getAttribute('href')).toBe('/comments?after=c2')
  await userEvent.click(older)
  await screen.findByText('one')
  expect(screen.getAllByRole('article').map(({ id }) => id)).toEqual([
    'comment-c3',
    'comment-c2',
    'comment-c1',
  ])
  expect(screen.queryByRole('link', { name: 'Older comments' })).toBeNull()
  await screen.findByText('1 more comment loaded.')
  await waitFor(() => expect(document.activeElement?.id).toBe('comment-c1'))
})

test('a comment’s date is its permalink', async () => {
  stubServer()
  render(
    <Comments
      language="en"
      initial={{ comments: [comment('c1', 'one')], total: 1, next: null, outcomes: [] }}
    />,
  )
  const link = screen.getByRole('link', { name: 'February 26, 2026' })
  expect(link.getAttribute('href')).toBe('/comments?page=c1#comment-c1')
})

test('comments that cannot be loaded are told, with another way to them', async () => {
  stubServer({ 'GET /api/comments': refusal(503, 'Please try again later.') })
  render(<Comments language="en" />)
  await screen.findByText(/^Please try again later\./)
  expect(screen.getByRole('link', { name: 'Open the comments page' })).toBeTruthy()
})

describe('posting', () => {
  test('the new comment appears once, on top, with the focus, and is announced', async () => {
    const { sent } = stubServer({
      'POST /api/comments': () => Response.json(comment('c2', 'two'), { status: 201 }),
    })
    render(
      <Comments
        language="en"
        initial={{ comments: [comment('c1', 'one')], total: 1, next: null, outcomes: [] }}
      />,
    )
    await write('Ann', 'two')
    const added = await screen.findByRole('article', { name: 'Writer of c2' })
    expect(screen.getAllByRole('article').map(({ id }) => id)).toEqual(['comment-c2', 'comment-c1'])
    await waitFor(() => expect(document.activeElement).toBe(added))
    expect(screen.getByText('Comment posted.').getAttribute('role')).toBe('status')
    expect(screen.getByText('2 comments')).toBeTruthy()
    expect([value('Name'), value('Comment')]).toEqual(['Ann', ''])
    expect(sent[0]!.body).toEqual({
      name: 'Ann',
      text: 'two',
      key: expect.any(String),
      topic: '',
    })
  })

  test('what is wrong stands by its field, which gets the focus; nothing is sent or lost', async () => {
    const { sent } = stubServer()
    render(
      <Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />,
    )
    await write('', 'Hello')
    const name = screen.getByRole('textbox', { name: 'Name' })
    expect(name.getAttribute('aria-invalid')).toBe('true')
    const description = name.getAttribute('aria-describedby')!
    expect(document.getElementById(description)?.textContent).toBe('Please enter your name.')
    expect(document.activeElement).toBe(name)
    expect(value('Comment')).toBe('Hello')
    expect(sent).toEqual([])
  })

  test('a refusal keeps what was typed and says why; sending again carries the same key', async () => {
    const { sent, answers } = stubServer({
      'POST /api/comments': refusal(503, 'Please try again later.'),
    })
    render(
      <Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />,
    )
    await write('Ann', 'Hello')
    await screen.findByText('Your comment was not posted. Please try again later.')
    expect([value('Name'), value('Comment')]).toEqual(['Ann', 'Hello'])
    answers['POST /api/comments'] = () => Response.json(comment('c1', 'Hello'), { status: 201 })
    await write('', '')
    await screen.findByRole('article')
    const keys = sent.map(({ body }) => (body as { key: string }).key)
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
  })

  test('after a key that is used up, the next try has a new one', async () => {
    const { sent } = stubServer({
      'POST /api/comments': refusal(409, 'Post again.', { code: 'key_used' }),
    })
    render(
      <Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />,
    )
    await write('Ann', 'Hello')
    await screen.findByText(/Post again/)
    await write('', '')
    await waitFor(() => expect(sent).toHaveLength(2))
    const keys = sent.map(({ body }) => (body as { key: string }).key)
    expect(keys[0]).not.toBe(keys[1])
  })

  test('pressing twice sends once', async () => {
    const answer = Promise.withResolvers<unknown>()
    const { sent } = stubServer({ 'POST /api/comments': () => answer.promise })
    render(
      <Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />,
    )
    await write('Ann', 'Hello')
    await userEvent.click(screen.getByRole('button', { name: 'Posting…' }))
    expect(sent).toHaveLength(1)
    answer.resolve(comment('c1', 'Hello'))
    await screen.findByRole('article')
  })

  test('a field that the server refuses is marked', async () => {
    stubServer({
      'POST /api/comments': refusal(422, 'Wrong name.', { fields: { name: 'Wrong name.' } }),
    })
    render(
      <Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />,
    )
    await write('Ann', 'Hello')
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Name' }).getAttribute('aria-invalid')).toBe(
        'true',
      ),
    )
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }))
  })
})

test('a refused form is shown with what was typed and what is wrong', () => {
  stubServer()
  render(
    <Comments
      language="en"
      initial={{ comments: [], total: 0, next: null, outcomes: [] }}
      form={{
        formKey: 'k',
        rejected: {
          path: '/api/comments',
          code: 'invalid',
          values: { name: 'Ann', text: ' ' },
          message: 'Please write a comment.',
          fields: { text: 'Please write a comment.' },
        },
      }}
    />,
  )
  expect(value('Name')).toBe('Ann')
  const text = screen.getByRole('textbox', { name: 'Comment' })
  expect(text.getAttribute('aria-invalid')).toBe('true')
})

test('what was typed before the script was there is a draft as well', () => {
  stubServer()
  const { container, hydrate } = renderServed(
    <Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />,
  )
  container.querySelector('textarea')!.value = 'Begun early'
  hydrate()
  expect(value('Comment')).toBe('Begun early')
  expect(readDraft('comment')?.text).toBe('Begun early')
})

test('a preview that was asked for without script is shown above what was typed, and stays', () => {
  stubServer()
  const text = 'So *good*'
  const { hydrate } = renderServed(
    <Comments
      language="en"
      initial={{ comments: [], total: 0, next: null, outcomes: [] }}
      form={{
        rejected: {
          path: '/api/comments',
          code: 'preview',
          values: { name: 'Ann', text },
          message: '',
          fields: {},
        },
        preview: parseComment(text),
      }}
    />,
  )
  const expectPreview = () => {
    const preview = screen.getByRole('region', { name: 'Preview' })
    expect(preview.querySelector('p em')?.textContent).toBe('good')
    expect([value('Name'), value('Comment')]).toEqual(['Ann', text])
    expect(screen.getByRole('alert').textContent).toBe('')
  }
  expectPreview()
  hydrate()
  expectPreview()
})

test('a preview shows how the server would show the text, and posts nothing', async () => {
  const { sent } = stubServer({ 'POST /api/comments': { body: parseComment('So *good*') } })
  render(<Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Comment' }), 'So *good*')
  await userEvent.click(screen.getByRole('button', { name: 'Preview' }))
  const preview = await screen.findByRole('region', { name: 'Preview' })
  expect(preview.querySelector('p em')?.textContent).toBe('good')
  expect(sent.map(({ body }) => body)).toEqual([{ act: 'preview', text: 'So *good*' }])
  expect(value('Comment')).toBe('So *good*')
  expect(screen.queryByRole('article')).toBeNull()
})

test('an answer that is none keeps the story and what was typed', async () => {
  stubServer({
    'GET /api/comments': () => new Response('<html>', { status: 200 }),
    'POST /api/comments': () => new Response('<html>', { status: 200 }),
  })
  render(<Comments language="en" />)
  await screen.findByText(/^The server sent an unexpected answer/)
  await write('Ann', 'Hello')
  await screen.findByText(/^Your comment was not posted. The server sent an unexpected answer/)
  expect([value('Name'), value('Comment')]).toEqual(['Ann', 'Hello'])
})

test('a comment posted though the list could not be loaded is shown, and the list is asked for again', async () => {
  const { answers } = stubServer({
    'GET /api/comments': refusal(503, 'Please try again later.'),
    'POST /api/comments': () => Response.json(comment('c2', 'two'), { status: 201 }),
  })
  render(<Comments language="en" />)
  await screen.findByText(/^Please try again later/)
  answers['GET /api/comments'] = {
    comments: [comment('c2', 'two'), comment('c1', 'one')],
    total: 2,
    next: null,
    outcomes: [],
  }
  await write('Ann', 'two')
  await screen.findByText('2 comments')
  expect(screen.getAllByRole('article').map(({ id }) => id)).toEqual(['comment-c2', 'comment-c1'])
  expect(screen.queryByText(/^Please try again later/)).toBeNull()
})

test('a comment posted while the list is on its way is counted and shown once', async () => {
  const list = Promise.withResolvers<unknown>()
  const { answers } = stubServer({
    'GET /api/comments': () => list.promise,
    'POST /api/comments': () => Response.json(comment('c1', 'one'), { status: 201 }),
  })
  render(<Comments language="en" />)
  answers['GET /api/comments'] = {
    comments: [comment('c1', 'one')],
    total: 1,
    next: null,
    outcomes: [],
  }
  await write('Ann', 'one')
  await screen.findByText('1 comment')
  list.resolve({ comments: [], total: 0, next: null, outcomes: [] })
  await list.promise
  expect(screen.getAllByRole('article')).toHaveLength(1)
  expect(screen.queryByText(/^No comments yet/)).toBeNull()
  expect(screen.getByText('1 comment')).toBeTruthy()
})

test('a form that was shown again is empty when its comment is posted', async () => {
  stubServer({ 'POST /api/comments': () => Response.json(comment('c1', 'Hello'), { status: 201 }) })
  const rejected = {
    path: '/api/comments',
    code: 'invalid',
    values: { name: 'x'.repeat(81), text: 'Hello' },
    message: 'This name has 81 characters. The limit is 80.',
    fields: { name: 'This name has 81 characters. The limit is 80.' },
  }
  render(
    <Comments
      language="en"
      initial={{ comments: [], total: 0, next: null, outcomes: [] }}
      form={{ rejected }}
    />,
  )
  await userEvent.clear(screen.getByRole('textbox', { name: 'Name' }))
  await write('Ann', '')
  await screen.findByRole('article')
  expect([value('Name'), value('Comment')]).toEqual(['Ann', ''])
})

test('a comment posted while older ones are on their way loses none of them', async () => {
  const older = Promise.withResolvers<unknown>()
  const answer = Promise.withResolvers<unknown>()
  stubServer({
    'GET /api/comments?after=c2': () => older.promise,
    'POST /api/comments': () => answer.promise,
  })
  render(
    <Comments
      language="en"
      initial={{ comments: [comment('c2', 'two')], total: 2, next: 'c2', outcomes: [] }}
    />,
  )
  await userEvent.click(screen.getByRole('link', { name: 'Older comments' }))
  await write('Ann', 'three')
  older.resolve({ comments: [comment('c1', 'one')], total: 2, next: null, outcomes: [] })
  await screen.findByText('one')
  answer.resolve(Response.json(comment('c3', 'three'), { status: 201 }))
  await screen.findByText('3 comments')
  expect(screen.getAllByRole('article').map(({ id }) => id)).toEqual([
    'comment-c3',
    'comment-c2',
    'comment-c1',
  ])
  expect(screen.queryByRole('link', { name: 'Older comments' })).toBeNull()
})

test('a comment that waits for approval says so, and counts for nobody', async () => {
  stubServer({
    'POST /api/comments': () =>
      Response.json({ ...comment('c1', 'Hello'), status: 'held' }, { status: 201 }),
  })
  render(<Comments language="en" initial={{ comments: [], total: 0, next: null, outcomes: [] }} />)
  await write('Ann', 'Hello')
  await screen.findByText('Your comment is waiting for approval.')
  expect((await screen.findByRole('article')).textContent).toContain('Waiting for approval')
  expect(screen.getByText('0 comments')).toBeTruthy()
})

test('where comments are closed there is no form, and what was written is there', () => {
  stubServer()
  const initial = { comments: [comment('c1', 'Hello')], total: 1, next: null, outcomes: [] }
  render(<Comments language="en" closed initial={initial} />)
  expect(screen.queryByRole('form')).toBeNull()
  expect(screen.getByText('Comments are closed.')).toBeTruthy()
  expect(screen.getByText('Hello')).toBeTruthy()
})

test('a comment of one’s own has no buttons to vote, but to take back an earlier vote', async () => {
  const votes = { up: 3, down: 1, mine: null }
  const own = { ...comment('c3', 'own'), mine: true, votes }
  const voted = { ...comment('c2', 'voted'), mine: true, votes: { ...votes, mine: 'up' as const } }
  stubServer({
    'GET /api/comments': {
      comments: [own, voted, comment('c1', 'other')],
      total: 3,
      next: null,
      outcomes: [],
    },
    'POST /api/votes': { up: 2, down: 1, mine: null },
  })
  render(<Comments language="en" />)
  const item = (text: string) => within(screen.getByText(text).closest('article')!)
  await screen.findByText('own')
  const buttons = (text: string) =>
    item(text)
      .queryAllByRole('button', { name: /vote/i })
      .map((button) => button.textContent)
  expect(buttons('own')).toEqual([])
  expect(screen.getByText('own').closest('article')!.textContent).toMatch(/own2\s*2 points/)
  expect(buttons('other')).toHaveLength(2)
  expect(buttons('voted')).toHaveLength(1)
  await userEvent.click(item('voted').getByRole('button', { name: /^Upvote/ }))
  await waitFor(() => expect(buttons('voted')).toEqual([]))
})
