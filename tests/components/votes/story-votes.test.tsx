import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { StoryVotes } from '#components/votes/story-votes.tsx'
import { renderServed } from '#tests/support/render-served.ts'
import { refusal, stubServer } from '#tests/support/server-stub.ts'

const SENTENCE = '3 People voted this article. 2 Upvotes - 1 Downvote.'
const button = (name: string) => screen.getByRole('button', { name })
const shown = () => screen.getByRole('region', { name: 'Votes' }).textContent

test('the tally and the reader’s own vote are shown', async () => {
  stubServer({ 'GET /api/votes': { up: 2, down: 1, mine: 'down' } })
  render(<StoryVotes />)
  await screen.findByText(SENTENCE)
  expect(screen.getByText('1')).toBeTruthy()
  expect(button('Downvote').getAttribute('aria-pressed')).toBe('true')
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('false')
})

test('a line shows the share of upvotes, and stays empty where nobody has voted', () => {
  stubServer()
  const shareOf = (up: number, down: number) => {
    const { container, unmount } = render(<StoryVotes initial={{ up, down }} />)
    const share = container.querySelector('rect')!.getAttribute('width')
    unmount()
    return share
  }
  expect(shareOf(3, 1)).toBe('75%')
  expect(shareOf(0, 1)).toBe('0%')
  expect(shareOf(0, 0)).toBe('0%')
})

test('a vote shows at once, before the server answers', async () => {
  const answer = Promise.withResolvers<unknown>()
  const { sent } = stubServer({ 'POST /api/votes': () => answer.promise })
  render(<StoryVotes />)
  await screen.findByText(SENTENCE)
  await userEvent.click(button('Upvote'))
  expect(shown()).toContain('4 People voted this article. 3 Upvotes - 1 Downvote.')
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('true')
  expect(screen.getByText('+1')).toBeTruthy()
  expect(sent.at(-1)).toEqual({ request: 'POST /api/votes', body: { vote: 'up' } })
  answer.resolve({ up: 7, down: 1, mine: 'up' })
  await screen.findByText('8 People voted this article. 7 Upvotes - 1 Downvote.')
})

test('changing sides moves the points by two; pressing again takes the vote back', async () => {
  const { sent, answers } = stubServer({ 'POST /api/votes': { up: 1, down: 2, mine: 'down' } })
  render(<StoryVotes initial={{ up: 2, down: 1, mine: 'up' }} />)
  await userEvent.click(button('Downvote'))
  expect(screen.getByText('−2')).toBeTruthy()
  await screen.findByText('3 People voted this article. 1 Upvote - 2 Downvotes.')
  answers['POST /api/votes'] = { up: 1, down: 1, mine: null }
  await userEvent.click(button('Downvote'))
  await screen.findByText('2 People voted this article. 1 Upvote - 1 Downvote.')
  expect(sent.map(({ body }) => body)).toEqual([{ vote: 'down' }, { vote: 'none' }])
})

test('a failure puts the old state back and says so', async () => {
  const { answers } = stubServer({ 'POST /api/votes': refusal(503, 'Please try again later.') })
  render(<StoryVotes initial={{ up: 2, down: 1, mine: null }} />)
  await userEvent.click(button('Upvote'))
  await screen.findByText('Your vote was not counted. Please try again later.')
  expect(screen.getByText('1')).toBeTruthy()
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('false')

  answers['POST /api/votes'] = () => Promise.reject(new TypeError('offline'))
  await userEvent.click(button('Upvote'))
  await screen.findByText(/^Your vote was not counted. We could not reach the server/)
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('false')
  expect(screen.getByText('1')).toBeTruthy()

  answers['POST /api/votes'] = () => new Response('<html>', { status: 200 })
  await userEvent.click(button('Downvote'))
  await screen.findByText(/^Your vote was not counted. The server sent an unexpected answer/)
  expect(screen.getByText('1')).toBeTruthy()
})

test('votes in quick succession are sent one after another and the last one stands', async () => {
  const first = Promise.withResolvers<unknown>()
  const { sent, answers } = stubServer({ 'POST /api/votes': () => first.promise })
  render(<StoryVotes initial={{ up: 0, down: 0, mine: null }} />)
  await userEvent.click(button('Upvote'))
  await userEvent.click(button('Downvote'))
  expect(sent).toHaveLength(1)
  answers['POST /api/votes'] = { up: 0, down: 1, mine: 'down' }
  first.resolve({ up: 1, down: 0, mine: 'up' })
  await screen.findByText('1 Person voted this article. 0 Upvotes - 1 Downvote.')
  expect(button('Downvote').getAttribute('aria-pressed')).toBe('true')
  expect(sent.map(({ body }) => body)).toEqual([{ vote: 'up' }, { vote: 'down' }])
})

test('a vote given before the tally has come is sent, and the tally is the server’s', async () => {
  const tally = Promise.withResolvers<unknown>()
  stubServer({
    'GET /api/votes': () => tally.promise,
    'POST /api/votes': { up: 3, down: 1, mine: 'up' },
  })
  render(<StoryVotes />)
  await userEvent.click(button('Upvote'))
  await screen.findByText('4 People voted this article. 3 Upvotes - 1 Downvote.')
  tally.resolve({ up: 2, down: 1, mine: null })
  await tally.promise
  expect(shown()).toContain('4 People voted this article.')
})

test('a tally that cannot be had is told, and a vote works all the same', async () => {
  stubServer({
    'GET /api/votes': refusal(503, 'Please try again later.'),
    'POST /api/votes': { up: 3, down: 1, mine: 'up' },
  })
  render(<StoryVotes />)
  await screen.findByText('Votes could not be loaded. Please try again later.')
  await userEvent.click(button('Upvote'))
  await screen.findByText('4 People voted this article. 3 Upvotes - 1 Downvote.')
})

test('a double click is one vote', async () => {
  const { sent } = stubServer({ 'POST /api/votes': { up: 1, down: 0, mine: 'up' } })
  render(<StoryVotes initial={{ up: 0, down: 0, mine: null }} />)
  await userEvent.dblClick(button('Upvote'))
  await screen.findByText('1 Person voted this article. 1 Upvote - 0 Downvotes.')
  expect(sent).toHaveLength(1)
})

test('a tally that comes after a failed vote is shown', async () => {
  const tally = Promise.withResolvers<unknown>()
  stubServer({
    'GET /api/votes': () => tally.promise,
    'POST /api/votes': refusal(503, 'Please try again later.'),
  })
  render(<StoryVotes />)
  await userEvent.click(button('Upvote'))
  await screen.findByText(/^Your vote was not counted/)
  tally.resolve({ up: 2, down: 5, mine: null })
  await screen.findByText('−3')
})

test('the tally that the page has is shown before any request, and the reader’s own vote is asked for', async () => {
  const own = Promise.withResolvers<unknown>()
  const { sent } = stubServer({ 'GET /api/votes': () => own.promise })
  const { hydrate } = renderServed(<StoryVotes initial={{ up: 2, down: 1 }} />)
  expect(shown()).toContain(SENTENCE)
  expect(sent).toEqual([])
  hydrate()
  await waitFor(() => expect(sent.map(({ request }) => request)).toEqual(['GET /api/votes']))
  expect(shown()).toContain(SENTENCE)
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('false')
  own.resolve({ up: 3, down: 1, mine: 'up' })
  await screen.findByText('4 People voted this article. 3 Upvotes - 1 Downvote.')
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('true')
})

test('an own vote that cannot be had is no trouble, and is asked for again when the server can be reached', async () => {
  const refused = refusal(503, 'Please try again later.')()
  const { answers } = stubServer({ 'GET /api/votes': refused })
  render(<StoryVotes initial={{ up: 2, down: 1 }} />)
  await waitFor(() => expect(refused.bodyUsed).toBe(true))
  expect(screen.getByRole('status').textContent).toBe(SENTENCE)
  answers['GET /api/votes'] = { up: 2, down: 1, mine: 'down' }
  dispatchEvent(new Event('reachable'))
  await waitFor(() => expect(button('Downvote').getAttribute('aria-pressed')).toBe('true'))
  expect(screen.getByRole('status').textContent).toBe(SENTENCE)
})

test('a vote that is counted before the reader’s own comes stands', async () => {
  const own = Promise.withResolvers<unknown>()
  stubServer({
    'GET /api/votes': () => own.promise,
    'POST /api/votes': { up: 5, down: 1, mine: 'up' },
  })
  render(<StoryVotes initial={{ up: 2, down: 1 }} />)
  await userEvent.click(button('Upvote'))
  await screen.findByText('6 People voted this article. 5 Upvotes - 1 Downvote.')
  const answer = Response.json({ up: 2, down: 1, mine: null })
  own.resolve(answer)
  await waitFor(() => expect(answer.bodyUsed).toBe(true))
  expect(shown()).toContain('6 People voted this article.')
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('true')
})

test('a vote on its way stands when the reader’s own comes, and takes that one’s place', async () => {
  const own = Promise.withResolvers<unknown>()
  const counted = Promise.withResolvers<unknown>()
  stubServer({ 'GET /api/votes': () => own.promise, 'POST /api/votes': () => counted.promise })
  render(<StoryVotes initial={{ up: 2, down: 1 }} />)
  await userEvent.click(button('Upvote'))
  own.resolve({ up: 2, down: 1, mine: 'down' })
  await screen.findByText('3 People voted this article. 3 Upvotes - 0 Downvotes.')
  expect(button('Upvote').getAttribute('aria-pressed')).toBe('true')
  counted.resolve({ up: 4, down: 0, mine: 'up' })
  await screen.findByText('4 People voted this article. 4 Upvotes - 0 Downvotes.')
})
