// Tests lib/server/serve-story.ts
import { DatabaseSync } from 'node:sqlite'
import { BEST, encode } from '#lib/server/content-coding.ts'
import { openStore } from '#lib/store/index.ts'
import { voteSentence } from '#lib/votes.ts'
import { NO_LIMITS } from '#scripts/testing/unlimited.ts'
import { expect, OWN_PAGE, test } from '#tests/support/site.ts'

const VOTES = ['up', 'down', 'none'] as const

const read = async (origin: string, headers: HeadersInit = {}) => {
  const response = await fetch(origin, { headers })
  return { etag: response.headers.get('etag')!, html: await response.text(), response }
}

test('the story says the numbers of the store after 10,000 random votes', async ({
  site,
  databaseUrl,
}) => {
  await read(site.origin)
  const store = await openStore(databaseUrl, NO_LIMITS)
  // 3,000 readers, so that many change their votes and take them back.
  for (let sent = 0; sent < 10_000; sent += 500)
    await Promise.all(
      Array.from({ length: 500 }, () =>
        store.setVote({
          reader: `reader ${Math.floor(Math.random() * 3_000)}`,
          vote: VOTES[Math.floor(Math.random() * VOTES.length)]!,
        }),
      ),
    )
  const tally = await store.readTally()
  await store.close()
  expect(tally.up + tally.down).toBeGreaterThan(1_000)
  await expect.poll(async () => (await read(site.origin)).html).toContain(voteSentence(tally))
})

test('the story is made anew only after a change, and who has it is told so', async ({ site }) => {
  const vote = (value: string) =>
    fetch(`${site.origin}/api/votes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OWN_PAGE },
      body: JSON.stringify({ vote: value }),
    })
  const first = await read(site.origin)
  const again = () => fetch(site.origin, { headers: { 'if-none-match': first.etag } })
  expect((await again()).status).toBe(304)
  await vote('up')
  await expect.poll(async () => (await again()).status).toBe(200)
  const second = await read(site.origin)
  expect(second.etag).not.toBe(first.etag)
  // As small as can be, when it rests; who has the page has the same.
  const size = async () => {
    const { response } = await read(site.origin, { 'accept-encoding': 'br' })
    return Number(response.headers.get('content-length'))
  }
  const best = await encode(Buffer.from(second.html), 'br', BEST)
  await expect.poll(size).toBe(best.length)
  expect((await read(site.origin)).etag).toBe(second.etag)
})

test('while the data cannot be read the story stays as it was last', async ({
  site,
  databaseUrl,
}) => {
  await fetch(`${site.origin}/api/votes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: '{"vote":"down"}',
  })
  const sentence = '1 Person voted this article. 0 Upvotes - 1 Downvote.'
  await expect.poll(async () => (await read(site.origin)).html).toContain(sentence)
  const file = new DatabaseSync(databaseUrl.slice('file:'.length))
  file.exec('alter table tally rename to gone')
  const isTold = async () => {
    expect((await read(site.origin)).html).toContain(sentence)
    return site.log.some((line) => line.includes('no such table'))
  }
  await expect.poll(isTold).toBe(true)
  const voted = await fetch(`${site.origin}/?voted`, { headers: { cookie: 'reader=any.one' } })
  expect([voted.status, voted.headers.get('cache-control')]).toEqual([503, 'no-store'])
  expect(await voted.text()).toContain(sentence)
  file.exec('alter table gone rename to tally')
  file.close()
})
