import { render, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Views } from '#components/story/views.tsx'
import { renderServed } from '#tests/support/render-served.ts'
import { refusal, stubServer } from '#tests/support/server-stub.ts'

test('the views that the page has are shown at once, and then those that the server counts', async () => {
  const answer = Promise.withResolvers<unknown>()
  const { sent } = stubServer({ 'POST /api/views': () => answer.promise })
  const { container, hydrate } = renderServed(<Views initial={1233} />)
  expect(container.textContent).toBe('1,233 views')
  expect(sent).toEqual([])
  hydrate()
  await waitFor(() => expect(sent.map(({ request }) => request)).toEqual(['POST /api/views']))
  expect(container.textContent).toBe('1,233 views')
  answer.resolve({ views: 1234 })
  await screen.findByText('1,234 views')
})

test('the views that the page has stay when the server does not answer', async () => {
  const refused = refusal(503, 'Please try again later.')()
  stubServer({ 'POST /api/views': refused })
  const { container } = render(<Views initial={1233} />)
  await waitFor(() => expect(refused.bodyUsed).toBe(true))
  expect(container.textContent).toBe('1,233 views')
})

test('a view that the page has sent already is not sent again', async () => {
  const { sent } = stubServer()
  vi.stubGlobal('viewed', Promise.resolve({ views: 7 }))
  render(<Views />)
  await screen.findByText('7 views')
  expect(sent).toEqual([])
})
