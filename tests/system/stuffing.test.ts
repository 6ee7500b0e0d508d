// Tests lib/api/challenge.ts, lib/store/limits/
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Challenge } from '#lib/api/challenge.ts'
import { tokenOf } from '#tests/support/proof.ts'
import { OWN_PAGE, type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makePostgres, makeSqlite } from '#tests/support/stores.ts'

const LIMITS = {
  NETWORK_READERS_PER_HOUR: '30',
  NETWORK_PROVEN_READERS_PER_HOUR: '40',
  VOTES_PER_MINUTE: '20',
  NETWORK_COMMENTS_PER_10_MINUTES: '20',
}

describe.each([
  ['SQLite', makeSqlite],
  ['PostgreSQL', makePostgres],
] as const)('one network at two servers on %s', (_, makePlace) => {
  let place: TestDatabase
  let sites: [Site, Site]
  const startSites = (settings = {}): Promise<[Site, Site]> => {
    const start = () => startSite(place.url, { ...LIMITS, ...settings })
    return Promise.all([start(), start()])
  }
  const stop = (sites: Site[]) => Promise.all(sites.map((site) => site.stop()))
  beforeAll(async () => {
    place = await makePlace()
    sites = await startSites()
  })
  afterAll(async () => {
    await stop(sites)
    await place.remove()
  })
  afterEach(() =>
    place.run(`delete from quotas; delete from votes; delete from comments;
      update tally set up = 0, down = 0, comments = 0`),
  )
  const withSites = async (act: (sites: [Site, Site]) => Promise<void>, settings = {}) => {
    const others = await startSites(settings)
    try {
      await act(others)
    } finally {
      await stop(others)
    }
  }
  const post = (site: Site, path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(site.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OWN_PAGE, ...headers },
      body: JSON.stringify(body),
    })
  const count = async (requests: Promise<Response>[]) => {
    const answers = await Promise.all(requests)
    const statuses: Record<number, number> = {}
    for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1
    return statuses
  }
  const tally = async (site: Site) => (await fetch(`${site.origin}/api/votes`)).json()

  test('fresh cookies and claimed addresses bring no more votes than new readers may', async () => {
    const votes = Array.from({ length: 200 }, (_, i) =>
      post(
        sites[i % 2]!,
        '/api/votes',
        { vote: 'up' },
        {
          'x-forwarded-for': `198.51.100.${i}`,
          forwarded: `for=198.51.100.${i}`,
          'x-real-ip': `198.51.100.${i}`,
          cookie: `reader=${crypto.randomUUID()}.forged`,
        },
      ),
    )
    expect(await count(votes)).toEqual({ 200: 30, 429: 170 })
    expect(await tally(sites[0])).toEqual({ up: 30, down: 0, mine: null })
  })

  test('work brings some more, and each proof one', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, async () =>
        tokenOf((await (await fetch(`${sites[0].origin}/api/challenge`)).json()) as Challenge),
      ),
    )
    const votes = [...made, ...made].map((token, i) =>
      post(sites[i % 2]!, '/api/votes', { vote: 'up', token }),
    )
    expect(await count(votes)).toEqual({ 200: 20, 409: 20 })
    const free = Array.from({ length: 50 }, () => post(sites[1], '/api/votes', { vote: 'up' }))
    expect(await count(free)).toEqual({ 200: 30, 429: 20 })
    expect(await tally(sites[1])).toMatchObject({ up: 50 })
  })

  test('behind a trusted proxy each address is its own', () =>
    withSites(
      async (sites) => {
        const votes = Array.from({ length: 60 }, (_, i) =>
          post(
            sites[i % 2]!,
            '/api/votes',
            { vote: 'up' },
            { 'x-forwarded-for': `8.8.8.8, 198.51.100.${i % 2}` },
          ),
        )
        expect(await count(votes)).toEqual({ 200: 4, 429: 56 })
      },
      { TRUSTED_PROXIES: '127.0.0.1', NETWORK_READERS_PER_HOUR: '2' },
    ))

  test('the networks of one household, and of its provider, are counted together', () =>
    withSites(
      async (sites) => {
        const vote = (i: number) =>
          post(
            sites[i % 2]!,
            '/api/votes',
            { vote: 'up' },
            { 'x-forwarded-for': `2001:db8:1:${(0x2_00 + i).toString(16)}::1` },
          )
        const household = Array.from({ length: 256 }, (_, i) => vote(i))
        expect(await count(household)).toEqual({ 200: 4 * 10, 429: 256 - 4 * 10 })
        const provider = Array.from({ length: 1_024 }, (_, i) => vote(256 + i))
        expect(await count(provider)).toEqual({ 200: 12 * 10, 429: 1_024 - 12 * 10 })
      },
      { TRUSTED_PROXIES: '127.0.0.1', NETWORK_READERS_PER_HOUR: '10' },
    ))

  test('one reader changes the vote so often, and never counts for more than one', async () => {
    const first = await post(sites[0], '/api/votes', { vote: 'up' })
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!
    let changed = 0
    for (let i = 1; i < 40; i++) {
      const vote = i % 2 ? 'down' : 'up'
      const { status } = await post(sites[i % 2]!, '/api/votes', { vote }, { cookie })
      if (status === 200) changed++
    }
    // After the last change that may be, every other vote asks for what is there already.
    expect(changed).toBe(19 + 10)
    expect(await tally(sites[0])).toEqual({ up: 0, down: 1, mine: null })
  })

  test('keys used again and again post one comment, others as many as a network may', () =>
    withSites(
      async (sites) => {
        const key = crypto.randomUUID()
        const same = Array.from({ length: 50 }, (_, i) =>
          post(sites[i % 2]!, '/api/comments', { name: 'Ann', text: 'Once', key }),
        )
        expect(await count(same)).toEqual({ 201: 50 })
        const others = Array.from({ length: 50 }, (_, i) =>
          post(sites[i % 2]!, '/api/comments', {
            name: 'Ann',
            text: `No ${i}`,
            key: crypto.randomUUID(),
          }),
        )
        const statuses = await count(others)
        expect(statuses[201]).toBeLessThanOrEqual(19)
        const page = await (await fetch(`${sites[0].origin}/api/comments`)).json()
        expect(page).toMatchObject({ total: 1 + statuses[201]! })
      },
      { NETWORK_READERS_PER_HOUR: '1000' },
    ))
})
