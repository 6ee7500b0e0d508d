import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Listener, Live } from '#lib/live/live-updates.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { type TestDatabase, makeMigratedSqlite } from '#tests/support/stores.ts'

let place: TestDatabase
let store: Store
let looks: number[]
let live: Live
beforeEach(async () => {
  place = await makeMigratedSqlite()
  store = await openStore(place.url)
  looks = []
  live = new Live(
    async () => ({
      ...store,
      readVersions: (...all) => {
        looks.push(performance.now())
        return store.readVersions(...all)
      },
    }),
    () => ({ network: 2, all: 3 }),
  )
})
afterEach(async () => {
  live.end()
  vi.useRealTimers()
  await store.close()
  await place.remove()
})
function makeListener(...networks: string[]) {
  const heard: string[] = []
  const listener: Listener = {
    networks: networks.length > 0 ? networks : ['net'],
    send: (chunk) => void heard.push(new TextDecoder().decode(chunk)),
    end: () => void heard.push('end'),
  }
  return { listener, heard }
}
/** Time stands still until it is moved. */
const setTimers = () =>
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  })
const vote = (reader: string) => store.setVote({ reader, vote: 'up' })

test('nothing is looked at while nobody listens', async () => {
  setTimers()
  const { listener, heard } = makeListener()
  await live.join(listener)
  await vote('ann')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(heard).toHaveLength(2)
  live.leave(listener)
  expect(looks).toHaveLength(2)
  await vote('ben')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looks).toHaveLength(2)
  await live.join(listener)
  expect(heard.at(-1)).toContain('"up":2')
})

test('all who listen or ask share one look a second, and hear the same', async () => {
  setTimers()
  const listeners = ['a', 'b', 'c'].map((network) => makeListener(network))
  await Promise.all(listeners.map(({ listener }) => live.join(listener)))
  for (let i = 1; i <= 10; i++) {
    await vote(`r${i}`)
    await vi.advanceTimersByTimeAsync(400)
    await Promise.all(Array.from({ length: 20 }, () => live.read()))
    await vi.advanceTimersByTimeAsync(600)
  }
  expect(looks.length).toBeGreaterThan(8)
  expect(looks.slice(1).every((time, i) => time - looks[i]! >= 1_000)).toBe(true)
  expect(listeners[0]!.heard.at(-1)).toMatch(/^id: \d+\ndata: \{"up":10,.*\}\n\n$/)
  for (const { heard } of listeners) expect(heard.slice(1)).toEqual(listeners[0]!.heard.slice(1))
})

test('a listener is told first how things stand, and when to come back after a break', async () => {
  await vote('ann')
  const { listener, heard } = makeListener()
  await live.join(listener)
  expect(heard).toEqual([
    expect.stringMatching(/^retry: \d{4}\nid: \d{13}\ndata: \{"up":1,.*,"comments":\[\]\}\n\n$/),
  ])
})

test('while nothing changes a heartbeat goes out every 15 seconds', async () => {
  setTimers()
  const { listener, heard } = makeListener()
  await live.join(listener)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(heard.slice(1)).toEqual([':\n\n', ':\n\n'])
})

test('a network has so many listeners, and the process has, and who leaves makes room', async () => {
  const [first, second, third] = [makeListener(), makeListener(), makeListener()]
  await live.join(first.listener)
  await live.join(second.listener)
  await expect(live.join(third.listener)).rejects.toMatchObject({ status: 429, retryAfter: 60 })
  live.leave(first.listener)
  live.leave(first.listener)
  await live.join(third.listener)
  await live.join(makeListener('other').listener)
  await expect(live.join(makeListener('third').listener)).rejects.toMatchObject({
    status: 503,
    retryAfter: 60,
  })
  expect(third.heard).toHaveLength(1)
})

test('a wider network has more listeners, but not as many as all of its own could', async () => {
  const roomy = new Live(
    async () => store,
    () => ({ network: 2, all: 1_000 }),
  )
  const join = (i: number) => roomy.join(makeListener(`n${i}`, `${i >> 4}`, 'wide').listener)
  const joins = async (from: number, to: number) => {
    const all = Array.from({ length: to - from }, (_, i) => join(from + i))
    return (await Promise.allSettled(all)).filter(({ status }) => status === 'fulfilled').length
  }
  expect(await joins(0, 16)).toBe(2 * 4)
  expect(await joins(16, 256)).toBe(2 * 16 - 8)
  expect(roomy.size).toBe(32)
  roomy.end()
})

test('one that finds the data out of reach takes no room', async () => {
  await store.close()
  for (let i = 0; i < 5; i++)
    await expect(live.join(makeListener().listener)).rejects.not.toMatchObject({ status: 429 })
  store = await openStore(place.url)
})

test('one that leaves while it is being let in hears nothing', async () => {
  const { listener, heard } = makeListener()
  const joined = live.join(listener)
  live.leave(listener)
  await joined
  expect(heard).toEqual([])
  await vote('ann')
  await live.read()
  expect(heard).toEqual([])
})

test('when the process stops all are let go, and nobody is let in', async () => {
  const { listener, heard } = makeListener()
  await live.join(listener)
  live.end()
  expect(heard.at(-1)).toBe('end')
  await expect(live.join(makeListener().listener)).rejects.toMatchObject({ status: 503 })
})
