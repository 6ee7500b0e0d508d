// Tests lib/server/stop-server.ts, deploy/
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readSettings } from '#lib/settings/settings.ts'
import { startCaddy } from '#tests/support/caddy.ts'
import { startNginx } from '#tests/support/nginx.ts'
import { OWN_PAGE, startSite } from '#tests/support/start-site.ts'
import { makeSqlite } from '#tests/support/stores.ts'

/** The default, which is none in other tests. */
const DRAIN_SECONDS = String(readSettings({}).DRAIN_SECONDS)

describe.each([
  ['Caddy', startCaddy],
  ['nginx', startNginx],
] as const)('behind %s', (_, startProxy) => {
  test('no vote is lost while one instance after the other is restarted', async () => {
    const place = await makeSqlite()
    onTestFinished(() => place.remove())
    const start = (port: string) =>
      startSite(place.url, { TRUSTED_PROXIES: '127.0.0.1', PORT: port, DRAIN_SECONDS })
    const sites = await Promise.all([start('0'), start('0')])
    onTestFinished(async () => void (await Promise.all(sites.map((site) => site.stop()))))
    const proxy = await startProxy([sites[0].origin, sites[1].origin])
    onTestFinished(() => proxy.stop())
    let isOver = false
    const statuses = new Map<number, number>()
    const vote = async () => {
      const answer = await fetch(`${proxy.origin}/api/votes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...OWN_PAGE },
        body: '{"vote":"up"}',
      })
      await answer.text()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    }
    // Pauses of all lengths: connections are idle for as long when they are used again.
    const readers = Array.from({ length: 12 }, async (_, reader) => {
      for (let i = 0; !isOver; i++) {
        await vote()
        await sleep(((i * 7 + reader * 13) % 40) * (reader % 3))
      }
    })
    for (const [i, site] of sites.entries()) {
      await site.stop()
      await sleep(300)
      sites[i] = await start(new URL(site.origin).port)
      await sleep(1_500)
    }
    isOver = true
    await Promise.all(readers)
    const { up } = (await (await fetch(`${proxy.origin}/api/votes`)).json()) as { up: number }
    expect([...statuses.keys()]).toEqual([200])
    expect(up).toBe(statuses.get(200))
    expect(up).toBeGreaterThan(100)
  })
})
