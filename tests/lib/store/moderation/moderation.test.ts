import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { v7 as newBatch } from 'uuid'
import type { Decision } from '#lib/moderation/moderation.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { DAY } from '#lib/time.ts'
import {
  makeMigratedPostgres,
  type TestDatabase,
  makeMigratedSqlite,
} from '#tests/support/stores.ts'

const HOUR = DAY / 24

describe.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('the desk on %s', (_, makePlace) => {
  let place: TestDatabase
  /** As of two processes. */
  let store: Store
  let other: Store
  beforeEach(async () => {
    place = await makePlace()
    store = await openStore(place.url)
    other = await openStore(place.url)
  })
  afterEach(async () => {
    vi.useRealTimers()
    await Promise.all([store.close(), other.close()])
    await place.remove()
  })
  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })

  type New = Parameters<Store['addComment']>[0]
  const send = (change: Partial<New> = {}) => {
    const words = { networks: ['net'], banNetworks: ['home'], name: 'Ann', text: 'Hello' }
    return store.addComment({ reader: 'ann', ...words, key: randomUUID(), ...change })
  }
  const write = async (change: Partial<New> = {}) => {
    const added = await send(change)
    if ('comment' in added) return added.comment.id
    throw new Error(`the comment was not added: ${JSON.stringify(added)}`)
  }
  const report = (comment: string, reader = 'ben', note = '') =>
    store.addReport({ comment, reader, reason: 'spam', note })
  const decide = (
    id: string,
    decision: Decision,
    { by = 'Mia', seen, batch = newBatch(), at = store }: Partial<Options> = {},
  ) => at.decide({ id, decision, moderator: by, batch, seen })
  type Options = { by: string; seen: string | undefined; batch: string; at: Store }
  const waiting = async () => (await store.readQueue()).comments.map(({ comment }) => comment.id)
  const find = async (id: string) => (await store.readModeratedComment(id))!
  const statusOf = async (id: string) => (await find(id)).comment.status
  const total = async () => (await store.readComments())!.total

  describe('the queue', () => {
    test('holds what is held or reported, the oldest first, with why', async () => {
      const first = await write({ holdReason: 'links', text: 'one *two*' })
      const second = await write()
      const third = await write({ holdReason: 'word' })
      expect(await waiting()).toEqual([first, third])
      await report(second, 'ben', 'It shouts')
      await report(second, 'cem')
      await store.addReport({ comment: second, reader: 'dee', reason: 'abuse', note: ' ' })
      expect(await waiting()).toEqual([first, second, third])
      const { comments, pending: count, next } = await store.readQueue()
      expect([count, next]).toEqual([3, null])
      expect(comments).toMatchObject([
        { reason: 'links', reports: [], comment: { text: 'one *two*', status: 'held' } },
        {
          reports: [
            { reason: 'spam', count: 2, notes: ['It shouts'] },
            { reason: 'abuse', count: 1, notes: [] },
          ],
          comment: { status: 'published' },
        },
        { reason: 'word' },
      ])
    })

    test('goes on page by page, and counts all', async () => {
      const ids: string[] = []
      for (let i = 0; i < 45; i++) ids.push(await write({ holdReason: 'links', text: `no ${i}` }))
      const seen: string[] = []
      for (let after: string | undefined; ;) {
        const page = await store.readQueue(after)
        expect(page.pending).toBe(45)
        seen.push(...page.comments.map(({ comment }) => comment.id))
        if (!page.next) break
        after = page.next
      }
      expect(seen).toEqual(ids)
    })

    test('a comment stands with the same reader’s others, the newest, each with its status', async () => {
      const ids: string[] = []
      for (let i = 0; i < 6; i++) ids.push(await write({ text: `no ${i}` }))
      await write({ reader: 'ben' })
      await decide(ids[4]!, 'refuse')
      const held = await write({ holdReason: 'links' })
      const [item] = (await store.readQueue()).comments
      expect(item).toMatchObject({ comment: { id: held }, othersTotal: 6 })
      expect(item!.others.map(({ text, status }) => [text, status])).toEqual([
        ['no 5', 'published'],
        ['no 4', 'refused'],
        ['no 3', 'published'],
      ])
      expect((await find(held)).others).toHaveLength(6)
    })
  })

  describe('decisions', () => {
    test('each sets the status, is counted once, and is written down', async () => {
      const id = await write({ holdReason: 'links' })
      const moves: [Decision, string, number][] = [
        ['approve', 'published', 1],
        ['refuse', 'refused', 0],
        ['restore', 'published', 1],
        ['delete', 'deleted', 0],
        ['restore', 'published', 1],
      ]
      for (const [decision, status, count] of moves) {
        expect(await decide(id, decision)).toMatchObject({ before: expect.any(String) })
        expect([await statusOf(id), await total()]).toEqual([status, count])
      }
      const { entries: acts } = await store.readAuditLog()
      expect(acts.map(({ action: act }) => act)).toEqual(moves.map(([act]) => act).reverse())
      expect(acts.map(({ undoable }) => undoable)).toEqual([true, false, false, false, false])
      expect(acts[0]).toMatchObject({ moderator: 'Mia', comment: id, name: 'Ann', undone: false })
    })

    test('one settles the reports, and those who reported cannot open them again', async () => {
      const id = await write()
      await report(id)
      await decide(id, 'approve')
      expect(await waiting()).toEqual([])
      expect(await statusOf(id)).toBe('published')
      await report(id)
      expect(await waiting()).toEqual([])
      await report(id, 'cem')
      expect(await waiting()).toEqual([id])
    })

    test('keeping what is published tells its writer of no outcome', async () => {
      const id = await write()
      await report(id)
      await decide(id, 'approve')
      expect((await store.readComments({}, 'ann'))!.outcomes).toEqual([])
    })

    test('of two moderators at once one decides, and the other is told how it stands', async () => {
      for (let round = 0; round < 10; round++) {
        const id = await write({ holdReason: 'links', text: `no ${round}` })
        const seen = (await find(id)).version
        const before = await total()
        const answers = await Promise.all([
          decide(id, 'approve', { by: 'Mia', seen }),
          decide(id, 'refuse', { by: 'Ben', seen, at: other }),
        ])
        const isFirst = 'before' in answers[0]!
        const status = isFirst ? 'published' : 'refused'
        expect(answers[isFirst ? 0 : 1]).toEqual({ before: 'held' })
        expect(answers[isFirst ? 1 : 0]).toMatchObject({
          conflict: { status, last: { moderator: isFirst ? 'Mia' : 'Ben' } },
        })
        expect(await statusOf(id)).toBe(status)
        expect(await total()).toBe(before + (isFirst ? 1 : 0))
      }
      expect((await store.readAuditLog()).entries).toHaveLength(10)
    })

    test('the same decision twice at once is one', async () => {
      const id = await write({ holdReason: 'links' })
      const seen = (await find(id)).version
      const answers = await Promise.all(
        [store, other, store, other].map((at) => decide(id, 'approve', { seen, at })),
      )
      expect(answers.filter((answer) => 'before' in answer!)).toHaveLength(1)
      expect([await total(), (await store.readAuditLog()).entries.length]).toEqual([1, 1])
    })

    test('words that were changed after a moderator read them are not decided on', async () => {
      const id = await write({ holdReason: 'links' })
      const seen = (await find(id)).version
      await store.editComment({ id, reader: 'ann', text: 'Other words' })
      expect(await decide(id, 'approve', { seen })).toMatchObject({ conflict: { status: 'held' } })
      expect(await statusOf(id)).toBe('held')
    })

    test('what its writer deleted cannot come back, by a decision or its undoing', async () => {
      const id = await write({ holdReason: 'links' })
      const batch = newBatch()
      await decide(id, 'approve', { batch })
      await store.deleteOwnComment({ id, reader: 'ann' })
      for (const decision of ['approve', 'restore', 'refuse'] as const)
        expect(await decide(id, decision)).toMatchObject({ conflict: { gone: 'deleted' } })
      expect(await store.undo(batch, 'Mia')).toMatchObject({ undone: 0, conflicts: [{ id }] })
      expect(await statusOf(id)).toBe('deleted')
    })

    test('what was erased cannot come back either, and its writer did not delete it', async () => {
      const id = await write({ holdReason: 'links' })
      const seen = (await find(id)).version
      await store.eraseReader('ann', 'Ben')
      expect(await find(id)).toMatchObject({ erased: true, comment: { status: 'deleted' } })
      for (const decision of ['approve', 'restore'] as const)
        expect(await decide(id, decision, { seen })).toMatchObject({ conflict: { gone: 'erased' } })
    })

    test('there is nothing to decide on a comment that is not there', async () => {
      expect(await decide(randomUUID(), 'approve')).toBeUndefined()
    })

    test('decisions in a thread at two servers in any order never wait for each other', async () => {
      const root = await write()
      const ids = [root]
      for (let i = 0; i < 12; i++) ids.push(await write({ parent: ids.at(-1)!, text: `no ${i}` }))
      const acts: Decision[] = ['refuse', 'delete', 'approve', 'restore']
      await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          decide(ids[(i * 7) % 13]!, acts[(i * 3) % 4]!, { at: [store, other][i % 2]! }),
        ),
      )
      for (const id of ids) await decide(id, 'restore')
      expect(await total()).toBe(13)
      for (const id of ids.reverse()) await decide(id, 'delete')
      expect(await store.readComments()).toMatchObject({ total: 0, comments: [] })
    })
  })

  describe('undoing', () => {
    test('brings back every comment of a form, its count and its reports, once', async () => {
      const [held, reported] = [await write({ holdReason: 'links' }), await write()]
      await report(reported)
      const batch = newBatch()
      await decide(held, 'approve', { batch })
      await decide(reported, 'refuse', { batch })
      expect(await waiting()).toEqual([])
      expect((await store.readLastBatch('Mia')).map(({ comment }) => comment)).toEqual([
        held,
        reported,
      ])
      const answers = await Promise.all([store.undo(batch, 'Mia'), other.undo(batch, 'Ben')])
      expect(answers[0].undone + answers[1].undone).toBe(2)
      expect(await waiting()).toEqual([held, reported])
      expect([await statusOf(held), await statusOf(reported)]).toEqual(['held', 'published'])
      expect(await total()).toBe(1)
      expect((await store.readComments({}, 'ann'))!.outcomes).toEqual([])
      expect(await store.readLastBatch('Mia')).toEqual([])
      expect((await store.readAuditLog()).entries.map(({ action: act }) => act).sort()).toEqual([
        'approve',
        'refuse',
        'undo',
        'undo',
      ])
    })

    test('is refused where somebody has decided since, until that is undone', async () => {
      const id = await write({ holdReason: 'links' })
      const [first, second] = [newBatch(), newBatch()]
      await decide(id, 'approve', { batch: first })
      await decide(id, 'refuse', { batch: second, by: 'Ben' })
      expect(await store.undo(first, 'Mia')).toMatchObject({
        undone: 0,
        conflicts: [{ status: 'refused', last: { moderator: 'Ben' } }],
      })
      expect(await store.undo(second, 'Ben')).toMatchObject({ undone: 1 })
      expect(await statusOf(id)).toBe('published')
      expect(await store.undo(first, 'Mia')).toMatchObject({ undone: 1 })
      expect(await statusOf(id)).toBe('held')
    })

    test('who reads what waits again is told so, and nobody of what was never shown', async () => {
      const id = await write({ holdReason: 'links' })
      await write({ holdReason: 'word' })
      const batch = newBatch()
      later(1)
      await decide(id, 'approve', { batch })
      later(1)
      await store.undo(batch, 'Mia')
      const { versions } = await store.readVersions(0, 10)
      expect(versions.map((version) => version.id)).toEqual([id])
      expect(await store.readChanged([id])).toEqual([{ id, status: 'held' }])
    })

    test('nothing is undone twice, nor what was never done', async () => {
      const id = await write({ holdReason: 'links' })
      const batch = newBatch()
      await decide(id, 'approve', { batch })
      await store.undo(batch, 'Mia')
      expect(await store.undo(batch, 'Mia')).toMatchObject({ undone: 0, conflicts: [{ id }] })
      expect(await store.undo(randomUUID(), 'Mia')).toEqual({ undone: 0, conflicts: [] })
      expect(await statusOf(id)).toBe('held')
    })
  })

  test('the log goes on page by page, the newest first', async () => {
    for (let i = 0; i < 60; i++)
      await store.changeHeldWords({ add: [`word ${i}`], remove: [] }, 'Mia')
    const first = await store.readAuditLog()
    const second = await store.readAuditLog(first.next!)
    const all = [...first.entries, ...second.entries].map(({ detail }) => detail)
    expect(all).toEqual(Array.from({ length: 60 }, (_, i) => `+ word ${59 - i}`))
    expect(second.next).toBeNull()
  })

  describe('bans', () => {
    const acts = (id: string, reader: string, network: string, another = id) => [
      () => store.setVote({ reader, banNetworks: [network], vote: 'up' }),
      () => store.setVote({ reader, banNetworks: [network], vote: 'up', comment: another }),
      () => send({ reader, banNetworks: [network] }),
      () => store.editComment({ id, reader, banNetworks: [network], text: `By ${reader}` }),
      () =>
        store.addReport({
          comment: another,
          reader,
          banNetworks: [network],
          reason: 'spam',
          note: '',
        }),
    ]

    test('who is banned writes, votes, edits and reports nothing until it ends', async () => {
      const id = await write()
      const another = await write({ reader: 'ben' })
      const { until } = (await other.addBan({
        comment: id,
        kind: 'reader',
        time: '1 hour',
        moderator: 'Mia',
      })) as { until: number }
      expect(Math.abs(until - Date.now() - HOUR)).toBeLessThan(60_000)
      const rows = await Promise.all(['comments', 'votes', 'reports'].map(place.count))
      for (const act of acts(id, 'ann', 'elsewhere', another))
        expect(await act()).toEqual({ limit: 'banned', retryAfter: expect.closeTo(3_600, -1) })
      expect(await Promise.all(['comments', 'votes', 'reports'].map(place.count))).toEqual(rows)
      expect(
        await store.setVote({ reader: 'ben', banNetworks: ['home'], vote: 'up' }),
      ).toMatchObject({
        up: 1,
      })
      later(HOUR + 1_000)
      expect(await store.setVote({ reader: 'ann', vote: 'up' })).toMatchObject({ up: 2 })
    })

    test('a banned network is banned for all who come from it, and nobody else', async () => {
      const id = await write({ banNetworks: ['home'] })
      await store.addBan({ comment: id, kind: 'network', time: '1 week', moderator: 'Mia' })
      for (const act of acts(id, 'ben', 'home'))
        expect(await act()).toMatchObject({ limit: 'banned' })
      expect(await store.setVote({ reader: 'ann', banNetworks: ['x'], vote: 'up' })).toMatchObject({
        up: 1,
      })
      const votes = await Promise.all(
        ['home', 'x', 'home', 'y'].map((network, i) =>
          store.setVote({ reader: `r${i}`, banNetworks: [network], vote: 'up' }),
        ),
      )
      expect(votes.map((vote) => 'limit' in vote!)).toEqual([true, false, true, false])
      expect(await find(id)).toMatchObject({
        banned: { reader: null, network: expect.any(Number) },
      })
    })

    test('a banned network is the widest that its comment names; one that was narrower holds', async () => {
      const id = await write({ banNetworks: ['/64', '/56'] })
      const old = await write({ banNetworks: ['old /64'], reader: 'old' })
      for (const comment of [id, old])
        await store.addBan({ comment, kind: 'network', time: '1 week', moderator: 'Mia' })
      const vote = (...banNetworks: string[]) =>
        store.setVote({ reader: banNetworks.join(), banNetworks, vote: 'up' })
      expect(await vote('/64', '/56')).toMatchObject({ limit: 'banned' })
      expect(await vote('another /64', '/56')).toMatchObject({ limit: 'banned' })
      expect(await vote('old /64', 'another /56')).toMatchObject({ limit: 'banned' })
      expect(await vote('another /64', 'another /56')).toMatchObject({ mine: 'up' })
      expect((await find(id)).banned.network).toEqual(expect.any(Number))
    })

    test('a ban again is one ban from then on; lifted it is over at once, and once', async () => {
      const id = await write()
      const ban = { comment: id, kind: 'reader', moderator: 'Mia' } as const
      await store.addBan({ ...ban, time: '1 hour' })
      await other.addBan({ ...ban, time: '30 days' })
      const [kept, ...more] = await store.readBans()
      expect(more).toEqual([])
      expect(kept).toMatchObject({ kind: 'reader', comment: id, name: 'Ann', moderator: 'Mia' })
      expect(kept!.expires).toBeGreaterThan(Date.now() + 29 * DAY)
      const lifted = await Promise.all([
        store.liftBan(kept!.id, 'Mia'),
        other.liftBan(kept!.id, 'Ben'),
      ])
      expect(lifted.sort()).toEqual([false, true])
      expect(await store.setVote({ reader: 'ann', vote: 'up' })).toMatchObject({ up: 1 })
      expect((await store.readAuditLog()).entries.map(({ action: act }) => act)).toEqual([
        'unban',
        'ban',
        'ban',
      ])
    })

    test('a network is forgotten after a day, but by its ban, which ends with it', async () => {
      const [known, unknown] = [await write(), await write({ banNetworks: undefined })]
      const ban = (comment: string) =>
        store.addBan({ comment, kind: 'network', time: '1 week', moderator: 'Mia' })
      expect(await ban(unknown)).toEqual({ problem: 'unknown' })
      expect(await ban(randomUUID())).toEqual({ problem: 'gone' })
      await ban(known)
      later(DAY + 60_000)
      await store.deleteExpired()
      expect((await find(known)).hasNetwork).toBe(false)
      expect(await send({ reader: 'dee' })).toMatchObject({ limit: 'banned' })
      later(7 * DAY)
      await store.deleteExpired()
      expect(await place.count('bans')).toBe(0)
      expect(await send({ reader: 'dee' })).toMatchObject({ reader: 'dee' })
    })

    test('what a moderator posts as the author meets no ban and no limit, and is logged', async () => {
      const parent = await write()
      await store.addBan({ comment: parent, kind: 'network', time: '1 hour', moderator: 'Mia' })
      for (const text of ['one', 'two'])
        expect(
          await send({ parent, text, name: 'Author', byAuthor: true, moderator: 'Mia' }),
        ).toMatchObject({ comment: { byAuthor: true } })
      const replies = (await store.readAuditLog()).entries.filter(
        ({ action: act }) => act === 'reply',
      )
      expect(replies).toMatchObject([{ moderator: 'Mia' }, { moderator: 'Mia' }])
    })
  })

  describe('settings', () => {
    test('hold at once in every process, and are logged once', async () => {
      expect(await other.readModerationSettings()).toEqual({ comments: 'article', heldWords: [] })
      await store.setCommentState('closed', 'Mia')
      await store.setCommentState('closed', 'Mia')
      await store.changeHeldWords({ add: ['casino', 'cheap pills', 'casino'], remove: [] }, 'Mia')
      // Another process is never in the same turn of the event loop.
      await new Promise(setImmediate)
      expect(await other.readModerationSettings()).toEqual({
        comments: 'closed',
        heldWords: ['casino', 'cheap pills'],
      })
      const { entries: acts } = await store.readAuditLog()
      expect(acts.map(({ action: act, detail }) => [act, detail])).toEqual([
        ['words', '+ casino\n+ cheap pills'],
        ['comments', 'closed'],
      ])
    })

    test('two moderators who change the words at once both do', async () => {
      await store.changeHeldWords({ add: ['old'], remove: [] }, 'Mia')
      await Promise.all([
        store.changeHeldWords({ add: ['one'], remove: [] }, 'Mia'),
        other.changeHeldWords({ add: ['two'], remove: ['old'] }, 'Ben'),
      ])
      expect((await store.readModerationSettings()).heldWords.sort()).toEqual(['one', 'two'])
    })
  })

  describe('sessions', () => {
    test('tries to sign in are so many for a network, and for all together', async () => {
      const window = 60_000
      const limits = { ...getSettings().limits }
      Object.assign(limits, { networkSignIns: { most: 2, window }, signIns: { most: 3, window } })
      const one = await openStore(place.url, limits)
      const two = await openStore(place.url, limits)
      const tries = async (network: string, count: number) => {
        const all = Array.from({ length: count }, (_, i) =>
          [one, two][i % 2]!.trySignIn({ networks: [network], network }),
        )
        return (await Promise.all(all)).filter((refusal) => refusal === undefined).length
      }
      expect(await tries('home', 5)).toBe(2)
      expect(await tries('work', 5)).toBe(1)
      expect(await one.trySignIn({ networks: ['work'], network: 'work' })).toMatchObject({
        limit: 'signIns',
      })
      later(window + 1)
      expect(await tries('home', 1)).toBe(1)
      await Promise.all([one.close(), two.close()])
    })

    test('strangers use up what a moderator needs neither at a known network nor with work', async () => {
      const window = 60_000
      const limits = { ...getSettings().limits }
      Object.assign(limits, { networkSignIns: { most: 2, window }, signIns: { most: 3, window } })
      const [one, two] = [await openStore(place.url, limits), await openStore(place.url, limits)]
      const strangers = async () => {
        for (let i = 0; i < 21; i++)
          await two.trySignIn({ networks: [`other ${i}`, `wide ${i}`], network: `other ${i}` })
      }
      const home = { networks: ['/64', '/56'], network: 'home' }
      for (const id of ['a', 'b'])
        await one.addSession({ id, moderator: 'Mia', expires: Date.now() + HOUR }, 'home')
      await strangers()
      const stranger = { networks: ['new'], network: 'new' }
      expect(await one.trySignIn(stranger)).toMatchObject({ limit: 'signIns' })
      expect(await one.trySignIn({ ...stranger, token: 'work' })).toBeUndefined()
      expect(await two.trySignIn({ ...stranger, token: 'work' })).toMatchObject({
        limit: 'signIns',
      })
      for (const each of [one, two]) expect(await each.trySignIn(home)).toBeUndefined()
      expect(await one.trySignIn(home)).toMatchObject({ limit: 'signIns' })
      expect(await one.trySignIn({ ...home, token: 'more work' })).toBeUndefined()
      later(89 * DAY)
      await one.deleteExpired()
      await strangers()
      expect(await two.trySignIn(home)).toBeUndefined()
      later(91 * DAY)
      await one.deleteExpired()
      await strangers()
      expect(await two.trySignIn(home)).toMatchObject({ limit: 'signIns' })
      await Promise.all([one.close(), two.close()])
    })

    test('tries with work are so many for all together, and none of a known network', async () => {
      const window = 60_000
      const limits = { ...getSettings().limits }
      Object.assign(limits, { networkSignIns: { most: 2, window }, signIns: { most: 1, window } })
      limits.provenSignIns = { most: 20, window }
      const one = await openStore(place.url, limits)
      await one.addSession({ id: 'a', moderator: 'Mia', expires: Date.now() + HOUR }, 'home')
      const stranger = { networks: ['new'], network: 'new' }
      await one.trySignIn(stranger)
      const tries = Array.from({ length: 25 }, (_, i) =>
        one.trySignIn({ ...stranger, token: `work ${i}` }),
      )
      const refusals = (await Promise.all(tries)).filter((refusal) => refusal !== undefined)
      expect(refusals).toHaveLength(5)
      expect(refusals[0]).toMatchObject({ limit: 'provenSignIns' })
      expect(await one.trySignIn({ networks: ['other'], network: 'home' })).toBeUndefined()
      await one.close()
    })

    test('one lives until it is over or is ended, in every process', async () => {
      const session = { moderator: 'Mia', expires: Date.now() + HOUR }
      await store.addSession({ id: 'a', ...session })
      await store.addSession({ id: 'b', ...session })
      expect(await other.readSession('a')).toMatchObject(session)
      await other.endSession('a')
      expect(await store.readSession('a')).toBeUndefined()
      later(HOUR + 1)
      expect(await store.readSession('b')).toBeUndefined()
      await store.deleteExpired()
      expect(await place.count('sessions')).toBe(0)
    })
  })
})
