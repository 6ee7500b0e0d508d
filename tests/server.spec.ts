import { expect, startSite, test } from '#tests/site.ts'

type Answer = { status: number; body: { id?: string; mine?: string; error?: { code: string } } }

async function post(origin: string, path: string, body: object): Promise<Answer> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}
const tally = async (origin: string) => (await fetch(`${origin}/api/votes`)).json()

test('100 readers voting at the same moment at two servers on one file are 100', async ({
  site,
  databaseUrl,
}) => {
  const other = await startSite(databaseUrl)
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      post([site, other][i % 2]!.origin, '/api/votes', { vote: 'up' }),
    ),
  )
  expect(await tally(site.origin)).toEqual({ up: 100, down: 0, mine: null })
  await other.stop()
})

test('the same comment key sent 50 times at once to two servers is one comment', async ({
  site,
  databaseUrl,
}) => {
  const other = await startSite(databaseUrl)
  const comment = { name: 'Ann', text: 'Once', key: crypto.randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      post([site, other][i % 2]!.origin, '/api/comments', comment),
    ),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  const page = await (await fetch(`${other.origin}/api/comments`)).json()
  expect(page).toMatchObject({ total: 1, next: null })
  await other.stop()
})

test('a cookie from one server is good at the other', async ({ site, databaseUrl }) => {
  const other = await startSite(databaseUrl)
  const voted = await fetch(`${site.origin}/api/votes`, {
    method: 'POST',
    body: new URLSearchParams({ vote: 'down' }),
    redirect: 'manual',
  })
  const cookie = voted.headers.get('set-cookie')!.split(';')[0]!
  const answer = await fetch(`${other.origin}/api/votes`, { headers: { cookie } })
  expect(await answer.json()).toEqual({ up: 0, down: 1, mine: 'down' })
  await other.stop()
})

test('killed in the middle of a stream of votes and comments, all that was answered is there', async ({
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl)
  let votes = 0
  const comments: string[] = []
  const streams = Array.from({ length: 8 }, async (_, i) => {
    for (;;) {
      const answer = await (
        i % 2
          ? post(site.origin, '/api/votes', { vote: 'up' })
          : post(site.origin, '/api/comments', { name: 'Ann', text: 'x', key: crypto.randomUUID() })
      ).catch(() => undefined)
      if (!answer) return
      if (answer.status === 200) votes++
      if (answer.status === 201) comments.push(answer.body.id!)
      if (votes > 100 && comments.length > 100) site.process.kill('SIGKILL')
    }
  })
  await Promise.all(streams)
  await site.stop()

  const again = await startSite(databaseUrl)
  const { up } = (await tally(again.origin)) as { up: number }
  expect(up).toBeGreaterThanOrEqual(votes)
  // Each of the four streams may have had one vote kept whose answer was cut off.
  expect(up).toBeLessThanOrEqual(votes + 4)
  const kept = new Set<string>()
  for (let after = ''; ;) {
    const page = (await (await fetch(`${again.origin}/api/comments${after}`)).json()) as {
      comments: { id: string }[]
      next: string | null
    }
    for (const { id } of page.comments) kept.add(id)
    if (!page.next) break
    after = `?after=${page.next}`
  }
  expect(comments.filter((id) => !kept.has(id))).toEqual([])
  expect(kept.size).toBeLessThanOrEqual(comments.length + 4)
  await again.stop()
})

test('a wrong setting stops the start with a sentence', async () => {
  await expect(startSite('mysql://user:secret@host')).rejects.toThrow('the server stopped with 1')
})

test('an address and a method that are not there are told', async ({ site }) => {
  expect((await fetch(`${site.origin}/nowhere`)).status).toBe(404)
  expect((await fetch(`${site.origin}/comments?page=${crypto.randomUUID()}`)).status).toBe(404)
  const response = await fetch(`${site.origin}/api/votes`, { method: 'DELETE' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, POST')
  expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
})

test('a refused form handed in by a header is not shown', async ({ site }) => {
  const forged = encodeURIComponent(
    JSON.stringify({ values: { name: 'forged' }, message: 'forged', fields: {} }),
  )
  const response = await fetch(`${site.origin}/comments`, {
    headers: { 'x-broadside-refused-form': forged },
  })
  expect(await response.text()).not.toContain('forged')
})
