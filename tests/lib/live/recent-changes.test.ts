import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Changes } from '#lib/live/recent-changes.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import {
  makeMigratedPostgres,
  type TestDatabase,
  makeMigratedSqlite,
} from '#tests/support/stores.ts'

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('changes in %s', (_, makePlace) => {
  let place: TestDatabase
  let store: Store
  let changes: Changes
  beforeEach(async () => {
    place = await makePlace()
    store = await openStore(place.url)
    changes = new Changes(async () => store)
  })
  afterEach(async () => {
    vi.useRealTimers()
    await store.close()
    await place.remove()
  })
  const write = async (change: Partial<Parameters<Store['addComment']>[0]> = {}) => {
    const text = `Hello ${randomUUID()}`
    const comment = { reader: 'ann', networks: ['net'], name: 'Ann', text, key: randomUUID() }
    const added = await store.addComment({ ...comment, ...change })
    if ('comment' in added) return added.comment
    throw new Error('the comment was not added')
  }
  const setClock = (now: number) => vi.useFakeTimers({ toFake: ['Date'], now })

  test('each change is told once, and a look that finds none tells nothing', async () => {
    expect(await changes.poll()).toBeUndefined()
    await store.setVote({ reader: 'ann', vote: 'up' })
    expect(await changes.poll()).toMatchObject({ up: 1, down: 0, total: 0, comments: [] })
    expect(await changes.poll()).toBeUndefined()
    await store.countView({ day: 1, viewer: 'ann', networks: ['net'] })
    expect(await changes.poll()).toMatchObject({ views: 1, comments: [] })
    const comment = await write()
    const told = { ...comment, mine: false }
    expect(await changes.poll()).toMatchObject({ total: 1, comments: [told] })
    expect(await changes.poll()).toBeUndefined()
  })

  test('a comment is told as a stranger sees it, whatever its writer sees', async () => {
    const comment = await write()
    await store.setVote({ reader: 'ben', vote: 'up', comment: comment.id })
    const event = await changes.poll()
    expect(event!.comments).toEqual([
      { ...comment, mine: false, votes: { up: 1, down: 0, mine: null } },
    ])
    expect(JSON.stringify(event)).not.toContain('"ann"')
  })

  test('votes, edits and decisions on a comment are told, the last change at the end', async () => {
    const [first, second] = [await write(), await write({ reader: 'ben' })]
    await changes.poll()
    setClock(Date.now() + 1)
    await store.editComment({ id: second.id, reader: 'ben', text: 'Edited' })
    setClock(Date.now() + 1)
    await store.setVote({ reader: 'cem', vote: 'down', comment: first.id })
    expect((await changes.poll())!.comments).toMatchObject([
      { id: second.id, text: 'Edited' },
      { id: first.id, votes: { down: 1 } },
    ])
    await store.setStatus(first.id, 'refused')
    expect(await changes.poll()).toMatchObject({
      total: 1,
      comments: [{ id: first.id, status: 'refused' }],
    })
  })

  test('of one that is shown no more nothing but its id and status is told', async () => {
    const { id } = await write({ name: 'Somebody', text: 'Something' })
    await changes.poll()
    await store.setStatus(id, 'refused')
    expect((await changes.poll())!.comments).toEqual([{ id, status: 'refused' }])
  })

  test('one that waits from the start is told of when it is published, not before', async () => {
    const { id } = await write({ holdReason: 'links' })
    expect(await changes.poll()).toBeUndefined()
    await store.setStatus(id, 'published')
    expect((await changes.poll())!.comments).toMatchObject([{ id, status: 'published' }])
  })

  test('of a reply that waits from the start nothing is told when what it answers is erased', async () => {
    const parent = await write()
    await write({ reader: 'ben', parent: parent.id, holdReason: 'links' })
    await changes.poll()
    setClock(Date.now() + 1)
    await store.eraseReader('ann')
    expect((await changes.poll())!.comments).toEqual([{ id: parent.id, status: 'deleted' }])
  })

  test('a place that appears or goes with its replies is told of', async () => {
    const parent = await write()
    const reply = await write({ reader: 'ben', parent: parent.id, holdReason: 'links' })
    await store.deleteOwnComment({ id: parent.id, reader: 'ann' })
    expect((await changes.poll())!.comments).toEqual([{ id: parent.id, status: 'deleted' }])
    await store.setStatus(reply.id, 'published')
    const shown = (await changes.poll())!.comments
    expect(shown).toHaveLength(2)
    expect(shown).toContainEqual(expect.objectContaining({ id: parent.id, text: '', depth: 0 }))
    await store.setStatus(reply.id, 'refused')
    expect((await changes.poll())!.comments).toContainEqual({ id: parent.id, status: 'deleted' })
  })

  test('two changes in one millisecond with a look between are both told', async () => {
    setClock(Date.now())
    const { id } = await write()
    for (const reader of ['ben', 'cem']) {
      await changes.poll()
      await store.setVote({ reader, vote: 'up', comment: id })
    }
    expect((await changes.poll())!.comments).toMatchObject([{ id, votes: { up: 2 } }])
  })

  test('what is committed late, or by a server whose clock is slow, is told once', async () => {
    const now = Date.now()
    setClock(now)
    await changes.poll()
    setClock(now - 10_000)
    const { id } = await write()
    setClock(now + 1_000)
    expect((await changes.poll())!.comments).toMatchObject([{ id }])
    expect(await changes.poll()).toBeUndefined()
  })

  test('of more than a hundred changes at once the last are told, and that there are more', async () => {
    const all = []
    for (let i = 0; i < 120; i++) all.push(await write({ reader: `r${i}` }))
    const event = await changes.poll()
    expect(event!.reload).toBe(true)
    expect(event!.comments).toHaveLength(100)
    expect(event!.comments.at(-1)!.id).toBe(all.at(-1)!.id)
    expect(await changes.poll()).toBeUndefined()
    await store.setVote({ reader: 'ben', vote: 'up', comment: all[0]!.id })
    expect(await changes.poll()).toMatchObject({ comments: [{ id: all[0]!.id }] })
    expect(await changes.poll()).toBeUndefined()
  })

  test('long texts are told of up to a bound, so that no event is a book', async () => {
    for (let i = 0; i < 30; i++) await write({ reader: `r${i}`, text: `${i} ${'x'.repeat(5_000)}` })
    const event = await changes.poll()
    expect(event!.reload).toBe(true)
    expect(event!.comments).toHaveLength(9)
  })

  test('one text that is longer than the bound is told of all the same', async () => {
    const { id } = await write({ text: 'x'.repeat(60_000) })
    expect((await changes.poll())!.comments).toMatchObject([{ id }])
  })

  test('who comes back is told what has changed since, from what is known already', async () => {
    const now = Date.now()
    setClock(now)
    const early = await write()
    await changes.poll()
    const { id } = await changes.since()
    expect((await changes.since()).comments).toEqual([])
    setClock(now + 60_000)
    const late = await write({ reader: 'ben' })
    await changes.poll()
    expect((await changes.since(id + 30_000)).comments).toMatchObject([{ id: late.id }])
    // Some seconds are told twice rather than missed.
    expect((await changes.since(id + 1)).comments).toMatchObject([
      { id: early.id },
      { id: late.id },
    ])
    expect(await changes.since(id)).not.toHaveProperty('reload')
  })

  test('of texts whose trees are long the last are told, now and later, and to ask for the page', async () => {
    await changes.poll()
    const { id: then } = await changes.since()
    const all = []
    for (let i = 0; i < 9; i++)
      all.push(await write({ reader: `r${i}`, text: `${i}\n${'a\n'.repeat(2_000)}a` }))
    for (const event of [(await changes.poll())!, await changes.since(then)]) {
      expect(event.reload).toBe(true)
      expect(event.comments.length).toBeGreaterThan(0)
      expect(JSON.stringify(event).length).toBeLessThan(200_000)
      expect(event.comments.at(-1)!.id).toBe(all.at(-1)!.id)
    }
  })

  test('nothing is told of a comment as it was before the last look', async () => {
    await changes.poll()
    const { id: then } = await changes.since()
    const { id } = await write({ text: 'Taken back' })
    await changes.poll()
    expect((await changes.since(then)).comments).toMatchObject([{ id, text: 'Taken back' }])
    await store.deleteOwnComment({ id, reader: 'ann' })
    await changes.poll()
    expect((await changes.since(then)).comments).toEqual([{ id, status: 'deleted' }])
  })

  test('what was erased is told to nobody who comes back', async () => {
    await changes.poll()
    const { id: then } = await changes.since()
    const { id } = await write()
    await changes.poll()
    await place.run(`delete from comments where id = '${id}'`)
    await changes.poll()
    expect((await changes.since(then)).comments).toEqual([])
  })

  test('who was away for more than is kept is told to ask for the page', async () => {
    const now = Date.now()
    setClock(now)
    await write()
    await changes.poll()
    const { id } = await changes.since()
    setClock(now + 60_000)
    for (let i = 0; i < 101; i++) await write({ reader: `r${i}` })
    await changes.poll()
    expect(await changes.since(id)).toMatchObject({ total: 102, reload: true })
    setClock(now + 120_000)
    await changes.poll()
    expect(await changes.since(now + 100_000)).not.toHaveProperty('reload')
  })
})
