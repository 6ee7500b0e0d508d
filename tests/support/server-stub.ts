import { vi } from 'vitest'
import type { CommentPage } from '#lib/comments/comment.ts'

type Answer = unknown | (() => unknown)

/** Stands in for the network in component tests: answers by "METHOD /path", records what was sent. */
export function stubServer(answers: Record<string, Answer> = {}) {
  const all: Record<string, Answer> = {
    'GET /api/votes': { up: 2, down: 1, mine: null },
    'POST /api/views': { views: 1234 },
    'GET /api/comments': { comments: [], total: 0, next: null, outcomes: [] } satisfies CommentPage,
    ...answers,
  }
  const sent: { request: string; body: unknown }[] = []
  vi.stubGlobal('fetch', async (path: string, options: RequestInit = {}) => {
    const request = `${options.method ?? 'GET'} ${path}`
    // There is no worker to do the work for it.
    if (path === '/api/challenge') return new Response(null, { status: 503 })
    sent.push({ request, body: options.body && JSON.parse(String(options.body)) })
    const answer = all[request]
    if (answer === undefined) throw new Error(`no answer for ${request}`)
    const body = typeof answer === 'function' ? await answer() : answer
    return body instanceof Response ? body : Response.json(body)
  })
  return { sent, answers: all }
}

export function refusal(
  status: number,
  message: string,
  { code = 'x', fields }: { code?: string; fields?: Record<string, string> } = {},
) {
  return () => Response.json({ error: { code, message, fields } }, { status })
}
