// Tests lib/http/request-origin.ts
import { expect, test } from 'vitest'
import { POST } from '#app/api/votes/route.ts'
import { expectError, postJson, storePerTest } from '#tests/support/handlers.ts'

process.env.SITE_URL = 'https://story.example'
storePerTest()
const vote = (headers: Record<string, string>) =>
  POST(postJson('/api/votes', { vote: 'up' }, headers))

test('with SITE_URL the site is where it says, whatever the request names', async () => {
  expect((await vote({ origin: 'https://story.example' })).status).toBe(200)
  const browser = { origin: 'https://story.example', 'sec-fetch-site': 'same-origin' }
  expect((await vote(browser)).status).toBe(200)
})

test('another name that leads here may not write, though its page calls itself the same', async () => {
  const others: Record<string, string>[] = [
    { origin: 'http://localhost:3000' },
    { origin: 'https://rebound.example', 'sec-fetch-site': 'same-origin' },
    { origin: 'https://story.example.evil.example', 'sec-fetch-site': 'same-origin' },
  ]
  for (const headers of others) await expectError(await vote(headers), 403, 'wrong_origin')
})
