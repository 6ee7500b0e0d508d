import { expect } from 'vitest'
import { POST as session } from '#app/api/moderation/session/route.ts'
import { cookieOf, postForm } from '#tests/support/handlers.ts'

export const PASSWORD = 'correct horse battery staple'
// Settings are read once a process.
process.env.MODERATOR_PASSWORD = PASSWORD

/** Signs in as a browser would. */
export async function signIn(name = 'Mia'): Promise<{ cookie: string }> {
  const fields = { act: 'sign-in', name, password: PASSWORD }
  const response = await session(postForm('/api/moderation/session', fields))
  expect(response.status).toBe(303)
  return cookieOf(response)
}
