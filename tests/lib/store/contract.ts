import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FORM_KEY, PAGE_SIZE } from '#lib/comments/comment.ts'
import type { Limits, Refusal } from '#lib/settings/limits.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { dayOf } from '#lib/time.ts'
import type { Vote } from '#lib/votes.ts'
import type { TestDatabase } from '#tests/support/stores.ts'

const COMMENT_WORDS = { name: 'Ann', text: 'Hello' }
const COMMENT = { reader: 'ann', networks: ['net'], name: 'Ann', text: 'Hello' }

/** What every engine must do; one call an engine. */
export function storeContract(
  engine: string,
  makePlace: () => Promise<TestDatabase>,
  makeEmptyPlace: () => Promise<TestDatabase>,
): void {
  describe(`the store on ${engine}`, () => {
    let place: TestDatabase
    let store: Store
    beforeEach(async () => {
      place = await makePlace()
      store = await openStore(place.url)
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })
    type Change = Partial<Parameters<Store['addComment']>[0]>
    const add = (change: Change) => store.addComment({ ...COMMENT, key: randomUUID(), ...change })
    const write = async (change: Change = {}) => {
      const added = await add(change)
      if ('comment' in added) return added
      throw new Error('the comment was not added')
    }
    const read = async (position?: Parameters<Store['readComments']>[0]) =>
      (await store.readComments(position))!

    describe('votes', () => {
      test('an untouched tally is empty', async () => {
        expect(await store.readTally('ann')).toEqual({ up: 0, down: 0, mine: null })
      })

      test('a vote is counted and is the reader’s own', async () => {
        expect(await store.setVote({ reader: 'ann', vote: 'up' })).toEqual({
          up: 1,
          down: 0,
          mine: 'up',
        })
        expect(await store.readTally('ann')).toEqual({ up: 1, down: 0, mine: 'up' })
        expect(await store.readTally('ben')).toEqual({ up: 1, down: 0, mine: null })
      })

      test('a second vote by the same reader replaces the first', async () => {
        await store.setVote({ reader: 'ann', vote: 'up' })
        expect(await store.setVote({ reader: 'ann', vote: 'down' })).toEqual({
          up: 0,
          down: 1,
          mine: 'down',
        })
      })

      test('a vote taken back leaves nothing, and can be given again', async () => {
        await store.setVote({ reader: 'ann', vote: 'down' })
        expect(await store.setVote({ reader: 'ann', vote: 'none' })).toEqual({
          up: 0,
          down: 0,
          mine: null,
        })
        expect(await store.setVote({ reader: 'ann', vote: 'none' })).toEqual({
          up: 0,
          down: 0,
          mine: null,
        })
        expect(await store.setVote({ reader: 'ann', vote: 'up' })).toEqual({
          up: 1,
          down: 0,
          mine: 'up',
        })
      })

      test('taking back what was never given changes nothing', async () => {
        expect(await store.setVote({ reader: 'ann', vote: 'none' })).toEqual({
          up: 0,
          down: 0,
          mine: null,
        })
      })

      test('100 readers voting at the same moment are 100', async () => {
        await Promise.all(
          Array.from({ length: 100 }, (_, i) => store.setVote({ reader: `r${i}`, vote: 'up' })),
        )
        expect(await store.readTally()).toEqual({ up: 100, down: 0, mine: null })
      })

      test('one reader’s 1,000 repeats are 1', async () => {
        await Promise.all(
          Array.from({ length: 1000 }, () => store.setVote({ reader: 'ann', vote: 'up' })),
        )
        expect(await store.readTally('ann')).toEqual({ up: 1, down: 0, mine: 'up' })
      })

      test('readers who change their minds all at once leave totals that match their votes', async () => {
        const votes: Vote[] = ['up', 'down', 'none']
        const readers = Array.from({ length: 20 }, (_, i) => `r${i}`)
        await Promise.all(
          Array.from({ length: 300 }, (_, i) =>
            store.setVote({ reader: readers[(i * 7) % 20]!, vote: votes[(i * 5) % 3]! }),
          ),
        )
        const mine = await Promise.all(readers.map((reader) => store.readTally(reader)))
        const count = (side: 'up' | 'down') => mine.filter((tally) => tally.mine === side).length
        expect(await store.readTally()).toEqual({
          up: count('up'),
          down: count('down'),
          mine: null,
        })
      })
    })

    describe('comments', () => {
      test('a comment comes back with what everyone may see, and nothing else', async () => {
        const { comment } = await write({ text: 'Hello *there*' })
        const page = await read()
        expect(page).toEqual({
          comments: [{ ...comment, mine: false }],
          total: 1,
          next: null,
          outcomes: [],
        })
        expect(Object.keys(comment).sort()).toEqual([
          'body',
          'byAuthor',
          'createdAt',
          'depth',
          'editedAt',
          'id',
          'mine',
          'name',
          'parent',
          'status',
          'text',
          'votes',
        ])
      })

      test('the same key with the same words answers with the comment already there', async () => {
        const key = randomUUID()
        const first = await write({ key })
        expect(await write({ key })).toEqual(first)
        expect((await read()).total).toBe(1)
      })

      test('the same key sent 50 times at once is one comment', async () => {
        const key = randomUUID()
        const all = await Promise.all(Array.from({ length: 50 }, () => write({ key })))
        expect(new Set(all.map(({ comment }) => comment.id)).size).toBe(1)
        expect((await read()).total).toBe(1)
      })

      test.each([{ text: 'Other words' }, { name: 'Another name' }])(
        'the same key with $text$name is refused and changes nothing',
        async (change) => {
          const key = randomUUID()
          const first = await write({ key })
          expect(await add({ key, ...change })).toEqual({ problem: 'key_used' })
          expect((await read()).comments).toMatchObject([
            { id: first.comment.id, ...COMMENT_WORDS },
          ])
        },
      )

      test('a repeat by someone else leaves the comment its first writer’s', async () => {
        const key = randomUUID()
        await write({ key, reader: 'ann' })
        expect((await write({ key, reader: 'ben' })).reader).toBe('ann')
      })

      test.each([
        ['four-byte characters', '𝕳𝖊𝖑𝖑𝖔 👩‍👩‍👧‍👦 🇺🇳'],
        ['combining characters, not composed', 'e\u0301 Z\u0351\u036b a\u0308'],
        ['bidirectional text', 'שלום \u202eabc\u202c مرحبا \u2067x\u2069'],
        ['line ends and spaces as typed', ' one\r\ntwo\n\n\tthree \u00a0'],
        ['quotes and wildcards', `'; drop table comments; -- %_\\ " $1 ?`],
      ])('%s come back byte for byte', async (_, text) => {
        await write({ text, name: text })
        const [comment] = (await read()).comments
        expect(Buffer.from(comment!.text)).toEqual(Buffer.from(text))
        expect(Buffer.from(comment!.name)).toEqual(Buffer.from(text))
      })

      test.each([
        ['a NUL', 'a\0b'],
        ['half a surrogate pair', 'a\ud800b'],
      ])('%s is refused', async (_, text) => {
        await expect(write({ text })).rejects.toThrow('cannot be saved')
        await expect(write({ name: text })).rejects.toThrow('cannot be saved')
        expect((await read()).total).toBe(0)
      })

      test.each([
        ['text', { text: 'x'.repeat(65_537) }],
        ['name', { name: 'x'.repeat(4097) }],
        ['empty text', { text: '' }],
      ])('over-long or empty input is refused and never cut: %s', async (_, change) => {
        await expect(write(change)).rejects.toThrow()
        expect((await read()).total).toBe(0)
        await write()
        expect((await read()).total).toBe(1)
      })

      test('pages of 50 go from newest to oldest with nothing twice and nothing missing', async () => {
        // Written all at once, so that many share their millisecond.
        const written = await Promise.all(
          Array.from({ length: 2 * PAGE_SIZE + 20 }, (_, i) => write({ text: `no ${i}` })),
        )
        const first = await read()
        const second = await read({ after: first.next! })
        const third = await read({ after: second.next! })
        expect([first, second, third].map(({ comments }) => comments.length)).toEqual([50, 50, 20])
        expect(third.next).toBeNull()
        const all = [first, second, third].flatMap(({ comments }) => comments)
        const order = written.map(({ comment }) => comment).sort((a, b) => (a.id < b.id ? 1 : -1))
        expect(all.map(({ id }) => id)).toEqual(order.map(({ id }) => id))
        const times = all.map(({ createdAt }) => createdAt)
        expect(times).toEqual(times.toSorted((a, b) => b - a))
        expect(new Set(times).size).toBeLessThan(all.length)
      })

      test('a page goes on where it ended though newer comments have come', async () => {
        for (let i = 0; i < PAGE_SIZE + 3; i++) await write({ text: `no ${i}` })
        const { next } = await read()
        const before = await read({ after: next! })
        await write({ text: 'newer' })
        const after = await read({ after: next! })
        expect(after.comments).toEqual(before.comments)
        expect(after.total).toBe(before.total + 1)
      })

      test('exactly one full page has no next', async () => {
        for (let i = 0; i < PAGE_SIZE; i++) await write({ text: `no ${i}` })
        expect((await read()).next).toBeNull()
      })

      test('a permalink’s page begins with its comment', async () => {
        const first = await write({ text: 'first' })
        const second = await write({ text: 'second' })
        await write({ text: 'third' })
        const { comments } = await read({ at: second.comment.id })
        expect(comments.map(({ text }) => text)).toEqual(['second', 'first'])
        expect(comments.at(-1)!.id).toBe(first.comment.id)
      })

      test('a position that names no comment is told', async () => {
        expect(await store.readComments({ after: randomUUID() })).toBeUndefined()
      })
    })

    describe('views', () => {
      test('a viewer counts once a day', async () => {
        expect(await store.countView({ day: 1, viewer: 'ann', networks: ['net'] })).toBe(1)
        expect(await store.countView({ day: 1, viewer: 'ann', networks: ['net'] })).toBe(1)
        expect(await store.countView({ day: 1, viewer: 'ben', networks: ['net'] })).toBe(2)
        expect(await store.countView({ day: 2, viewer: 'ann', networks: ['net'] })).toBe(3)
        expect(await store.readViews()).toBe(3)
      })

      test('viewers at the same moment are all counted, and one of them once', async () => {
        await Promise.all(
          Array.from({ length: 100 }, (_, i) =>
            store.countView({ day: 1, viewer: `viewer ${i % 40}`, networks: ['net'] }),
          ),
        )
        expect(await store.readViews()).toBe(40)
      })
    })

    describe('approval', () => {
      test('a held comment is shown to its writer alone, and counts for nobody', async () => {
        const { comment } = await write({ holdReason: 'links' })
        expect(comment.status).toBe('held')
        expect(await read()).toMatchObject({ comments: [], total: 0, next: null })
        expect(await store.readComments({}, 'ben')).toMatchObject({ comments: [] })
        expect(await store.readComments({}, 'ann')).toMatchObject({ comments: [comment], total: 0 })
        expect(await store.readComments({ at: comment.id })).toBeUndefined()
        expect((await store.readQueue()).comments).toMatchObject([{ comment, reason: 'links' }])
      })

      test('the writer’s own stand among the others, in their order and pages', async () => {
        for (let i = 0; i < PAGE_SIZE + 5; i++)
          await write({ text: `no ${i}`, holdReason: i % 2 ? 'links' : undefined })
        const first = (await store.readComments({}, 'ann'))!
        const rest = (await store.readComments({ after: first.next! }, 'ann'))!
        const all = [...first.comments, ...rest.comments].map(({ text }) => text)
        expect(all).toEqual(Array.from({ length: PAGE_SIZE + 5 }, (_, i) => `no ${54 - i}`))
      })

      test('approved once or twice it is there for all and counts once; refused, for nobody', async () => {
        const { comment } = await write({ holdReason: 'links' })
        expect(await store.setStatus(comment.id, 'published')).toBe('held')
        expect(await store.setStatus(comment.id, 'published')).toBe('published')
        expect(await read()).toMatchObject({
          comments: [{ id: comment.id, status: 'published' }],
          total: 1,
        })
        expect((await store.readQueue()).comments).toEqual([])
        expect(await store.setStatus(comment.id, 'refused')).toBe('published')
        expect(await read()).toMatchObject({ comments: [], total: 0 })
        expect(await store.readComments({}, 'ann')).toMatchObject({
          comments: [{ id: comment.id, status: 'refused' }],
          outcomes: [{ id: comment.id, status: 'refused' }],
        })
        expect(await store.setStatus(randomUUID(), 'published')).toBeUndefined()
      })

      test('the same words are held when they come again soon, by whomever', async () => {
        const words = 'hash of words'
        expect((await write({ fingerprint: words })).comment.status).toBe('published')
        expect((await write({ fingerprint: words, reader: 'ben' })).comment.status).toBe('held')
        const { comments } = await store.readQueue()
        expect(comments.map(({ reason }) => reason)).toEqual(['duplicate'])
        const both = await Promise.all([write({ fingerprint: 'x' }), write({ fingerprint: 'x' })])
        expect(both.filter(({ comment }) => comment.status === 'held')).toHaveLength(1)
      })
    })

    test('a page may go on after a comment that is not shown any more', async () => {
      const first = await write({ text: 'first' })
      const second = await write({ text: 'second' })
      await store.setStatus(second.comment.id, 'refused')
      expect((await read({ after: second.comment.id })).comments).toMatchObject([
        { id: first.comment.id },
      ])
    })

    describe('limits', () => {
      const MINUTE = 60_000
      const limits: Limits = {
        votes: { most: 3, window: MINUTE },
        commentVotes: { most: 4, window: MINUTE },
        edits: { most: 3, window: MINUTE },
        reports: { most: 2, window: MINUTE },
        commentPause: { most: 1, window: 10_000 },
        comments: { most: 2, window: MINUTE },
        networkComments: { most: 4, window: MINUTE },
        readers: { most: 3, window: MINUTE },
        provenReaders: { most: 5, window: MINUTE },
        views: { most: 2, window: MINUTE },
        networkSignIns: { most: 2, window: MINUTE },
        signIns: { most: 3, window: MINUTE },
        provenSignIns: { most: 6, window: MINUTE },
      }
      const NONE = { most: 1, window: 0 }
      let second: Store
      const limited = async (change: Partial<Limits> = {}) => {
        await store.close()
        store = await openStore(place.url, { ...limits, ...change })
        second = await openStore(place.url, { ...limits, ...change })
      }
      afterEach(() => second.close())
      afterEach(() => void vi.useRealTimers())
      const later = (milliseconds: number) => {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
      }
      /** Through two stores in turn, as through two processes. */
      const inTurn = (count: number, act: (store: Store, i: number) => Promise<unknown>) =>
        Promise.all(Array.from({ length: count }, (_, i) => act([store, second][i % 2]!, i)))
      const refused = (answers: unknown[]) =>
        answers.filter((answer) => (answer as object) && 'limit' in (answer as object))

      test('a reader’s vote changes as often as it may in a window, and then waits', async () => {
        await limited()
        for (const vote of ['up', 'down', 'up'] as const)
          expect(await store.setVote({ reader: 'ann', vote })).toMatchObject({ mine: vote })
        const refusal = await second.setVote({ reader: 'ann', vote: 'down' })
        expect(refusal).toEqual({ limit: 'votes', retryAfter: expect.any(Number) })
        expect((refusal as Refusal).retryAfter).toBeLessThanOrEqual(60)
        expect(await store.setVote({ reader: 'ann', vote: 'up' })).toMatchObject({ mine: 'up' })
        expect(await store.readTally('ann')).toEqual({ up: 1, down: 0, mine: 'up' })
        later(MINUTE + 1)
        expect(await store.setVote({ reader: 'ann', vote: 'down' })).toMatchObject({ down: 1 })
      })

      test('new readers of a network are so many, and some more who have done work for it', async () => {
        await limited()
        const vote = (prefix: string, proven: boolean) =>
          inTurn(6, (each, i) =>
            each.setVote({ reader: prefix + i, vote: 'up', first: { networks: ['net'], proven } }),
          )
        expect(refused(await vote('a', false))).toHaveLength(3)
        expect(refused(await vote('b', true))).toHaveLength(1)
        expect(await store.readTally()).toMatchObject({ up: 8 })
        const first = { networks: ['other'], proven: false }
        expect(await store.setVote({ reader: 'c', vote: 'up', first })).toMatchObject({ up: 9 })
        later(MINUTE + 1)
        expect(refused(await vote('d', false))).toHaveLength(3)
      })

      test('a reader writes one comment after another, and so many in a window', async () => {
        await limited()
        const send = (change: Change = {}) =>
          second.addComment({ ...COMMENT, key: randomUUID(), ...change })
        const key = randomUUID()
        const first = await send({ key })
        expect(await send()).toEqual({ limit: 'commentPause', retryAfter: expect.any(Number) })
        expect(await send({ key })).toEqual(first)
        later(10_001)
        expect(await send()).toMatchObject({ reader: 'ann' })
        later(10_001)
        expect(await send()).toMatchObject({ limit: 'comments' })
        expect(await send({ reader: 'ben' })).toMatchObject({ reader: 'ben' })
        expect((await read()).total).toBe(3)
      })

      test('a network’s comments are so many, however many send them at once', async () => {
        await limited()
        const answers = await inTurn(20, (each, i) =>
          each.addComment({ ...COMMENT, reader: `r${i}`, key: randomUUID() }),
        )
        expect(refused(answers)).toHaveLength(16)
        expect((await read()).total).toBe(4)
        const elsewhere = { ...COMMENT, reader: 'x', networks: ['other'], key: randomUUID() }
        expect(await store.addComment(elsewhere)).toMatchObject({ reader: 'x' })
      })

      test('a clock that was ahead makes nobody wait longer than the limit’s own window', async () => {
        await limited()
        const first = { networks: ['net'], proven: false }
        const comments = ['one', 'two'].map((key) => ({ ...COMMENT, key }))
        const added = await store.addComment({ ...COMMENT, reader: 'x', key: 'x' })
        const { id } = (added as { comment: { id: string } }).comment
        const actions: ((store: Store, again: string) => Promise<unknown>)[] = [
          (store, again) => store.setVote({ reader: `new ${again}`, vote: 'up', first }),
          (store, again) => store.addComment({ ...comments[0]!, key: again }),
          (store, again) => store.editComment({ id, reader: 'x', text: again }),
          (store, again) =>
            store.addReport({ comment: id, reader: 'r', reason: 'spam', note: again }),
          (store) => store.trySignIn({ networks: ['net'], network: 'net' }),
          (store, again) => store.setVote({ reader: 'v', vote: again.length % 2 ? 'up' : 'down' }),
        ]
        for (const [index, act] of actions.entries()) {
          later(0)
          const start = Date.now()
          for (const ahead of [MINUTE, 366 * 24 * 60 * MINUTE]) {
            vi.setSystemTime(start + ahead)
            let tries = 0
            let refusal: unknown
            while (tries++ < 10 && !refusal) {
              const answer = await act([store, second][tries % 2]!, 'x'.repeat(tries) + ahead)
              refusal = refused([answer])[0]
            }
            expect(refusal, `action ${index}`).toBeDefined()
            vi.setSystemTime(start)
            const answer = await act(store, 'y'.repeat(10) + ahead)
            expect(refused([answer]), `action ${index}`).toEqual([])
          }
          vi.useRealTimers()
        }
      })

      test('clocks of two servers that differ a little start no window anew', async () => {
        await limited()
        later(0)
        const start = Date.now()
        const vote = (each: Store, reader: string, ahead: number) => {
          vi.setSystemTime(start + ahead)
          return each.setVote({ reader, vote: 'up', first: { networks: ['net'], proven: false } })
        }
        for (const reader of ['a', 'b', 'c']) await vote(second, reader, 2_000)
        expect(await vote(store, 'd', 0)).toEqual({ limit: 'readers', retryAfter: 60 })
        expect(await vote(second, 'd', MINUTE - 1)).toMatchObject({ limit: 'readers' })
        expect(await vote(second, 'd', MINUTE)).toMatchObject({ mine: 'up' })
      })

      test('what one limit refuses counts in no other', async () => {
        await limited({ networkComments: { most: 1, window: MINUTE } })
        const first = { networks: ['net'], proven: false }
        const answers = await inTurn(3, (each, i) =>
          each.addComment({
            ...COMMENT,
            reader: `r${i}`,
            first,
            key: randomUUID(),
            token: `t${i}`,
          }),
        )
        expect(refused(answers)).toHaveLength(2)
        // Of three new readers two are left; their forms and pauses are as they were.
        for (const reader of ['x', 'y'])
          expect(await store.setVote({ reader, vote: 'up', first })).toMatchObject({ mine: 'up' })
        expect(await store.setVote({ reader: 'z', vote: 'up', first })).toMatchObject({
          limit: 'readers',
        })
        later(MINUTE + 1)
        const free = answers.flatMap((answer, i) => (refused([answer]).length ? [i] : []))
        const again = { ...COMMENT, reader: 'r', key: randomUUID(), token: `t${free[0]}` }
        expect(await store.addComment(again)).toMatchObject({ reader: 'r' })
      })

      test('wider networks may do more, but not as much as all of theirs together', async () => {
        await limited()
        const from = (i: number) => {
          const household = Math.floor(i / 16)
          return [`${i}`, `of ${household}`, `of ${household >> 4}`]
        }
        const vote = (i: number, proven: boolean) => {
          const [reader, first] = [`${i} ${proven}`, { networks: from(i), proven }]
          return [store, second][i % 2]!.setVote({ reader, vote: 'up', first })
        }
        const votes = (from: number, count: number, proven: boolean) =>
          Promise.all(Array.from({ length: count }, (_, i) => vote(from + i, proven)))
        // Each of a household's 16 networks has one new reader.
        expect(refused(await votes(0, 16, false))).toHaveLength(4)
        expect(refused(await votes(0, 16, true))).toHaveLength(0)
        // Admits 3 × 16 of a provider's 256, which are in 16 households.
        expect(refused(await votes(0, 256, false))).toHaveLength(256 - 36)
        expect(await store.readTally()).toMatchObject({ up: 12 + 16 + 36 })
        const elsewhere = await vote(300, false)
        expect(elsewhere).toMatchObject({ mine: 'up' })
      })

      test('what a wider network refuses counts in none of its narrower ones', async () => {
        await limited()
        const vote = (i: number, ...networks: string[]) =>
          store.setVote({ reader: `r${i}`, vote: 'up', first: { networks, proven: false } })
        for (let i = 0; i < 12; i++) await vote(i, `narrow ${i}`, 'wide')
        const answers = await Promise.all([20, 21, 22, 23].map((i) => vote(i, 'own', 'wide')))
        expect(refused(answers)).toHaveLength(4)
        for (const i of [30, 31, 32])
          expect(await vote(i, 'own', 'other')).toMatchObject({ mine: 'up' })
        expect(await vote(33, 'own', 'other')).toMatchObject({ limit: 'readers' })
        // And the other way round: the other network has had three of its twelve.
        for (let i = 40; i < 49; i++) await vote(i, `narrow ${i}`, 'other')
        expect(await vote(50, 'new', 'other')).toMatchObject({ limit: 'readers' })
        expect((await store.readTally()).up).toBe(12 + 12)
      })

      test('networks in any order at two servers never wait for each other', async () => {
        await limited({
          readers: { most: 1_000, window: MINUTE },
          provenReaders: { most: 1_000, window: MINUTE },
        })
        const votes = Array.from({ length: 1_000 }, (_, i) => {
          const networks = [`n${(i * 7) % 50}`, `wide${(i * 3) % 7}`, 'all']
          const first = { networks, proven: (i * 3) % 4 < 2 }
          return [store, second][i % 2]!.setVote({ reader: `r${i}`, vote: 'up', first })
        })
        expect(refused(await Promise.all(votes))).toEqual([])
        expect(await store.readTally()).toMatchObject({ up: 1_000 })
      })

      test('the same key at two servers at once is one comment, for both', async () => {
        await limited()
        for (let round = 0; round < 5; round++) {
          const [reader, key] = [`r${round}`, randomUUID()]
          const answers = await inTurn(4, (each) =>
            each.addComment({ ...COMMENT, networks: [reader], reader, key, token: key }),
          )
          expect(refused(answers)).toEqual([])
        }
        expect((await read()).total).toBe(5)
      })

      test('a key made of an address is forgotten after a day, and the comment stays', async () => {
        await limited()
        const sent = { ...COMMENT, key: `${FORM_KEY}hash` }
        const first = await store.addComment(sent)
        expect(await store.addComment(sent)).toEqual(first)
        later(25 * 60 * MINUTE)
        await store.deleteExpired()
        expect(await store.addComment(sent)).not.toEqual(first)
        expect((await read()).total).toBe(2)
      })

      test('a form is good for one act, whichever server gets it', async () => {
        await limited({ commentPause: NONE })
        const answers = await inTurn(6, (each, i) =>
          each.addComment({ ...COMMENT, reader: `r${i}`, key: randomUUID(), token: 'once' }),
        )
        expect(refused(answers)).toHaveLength(5)
        const vote = { reader: 'ann', vote: 'up', token: 'once' } as const
        expect(await store.setVote(vote)).toMatchObject({ limit: 'token' })
      })

      test('a network’s views are counted up to the limit, and never refused', async () => {
        await limited()
        const count = (viewer: string, network = 'net') =>
          store.countView({ day: 1, viewer, networks: [network] })
        expect(await count('ann')).toBe(1)
        expect(await count('ben')).toBe(2)
        expect(await count('cem')).toBe(2)
        expect(await count('cem', 'other')).toBe(3)
      })

      test('what has expired is deleted, and no hash of an address stays two days', async () => {
        await limited()
        await store.countView({ day: dayOf(Date.now()), viewer: 'ann', networks: ['net'] })
        await store.readSecret('visitors', dayOf(Date.now()))
        await store.addComment({ ...COMMENT, key: randomUUID(), token: 'x' })
        later(47 * 60 * MINUTE)
        await store.deleteExpired()
        expect(await Promise.all(['quotas', 'viewers'].map(place.count))).toEqual([0, 0])
      })
    })

    describe('secrets', () => {
      test('a secret is made once and is the same for all who ask at once', async () => {
        const all = await Promise.all(Array.from({ length: 20 }, () => store.readSecret('reader')))
        expect(new Set(all).size).toBe(1)
        expect(Buffer.from(all[0]!, 'base64url')).toHaveLength(32)
      })

      test('a day’s key is gone when the next day’s is made', async () => {
        const first = await store.readSecret('visitors', 1)
        expect(await store.readSecret('visitors', 1)).toBe(first)
        expect(await store.readSecret('visitors', 2)).not.toBe(first)
        expect(await store.readSecret('visitors', 1)).not.toBe(first)
      })

      test('a key without a day stays', async () => {
        const kept = await store.readSecret('reader')
        await store.readSecret('visitors', 1)
        await store.readSecret('visitors', 2)
        expect(await store.readSecret('reader')).toBe(kept)
      })
    })

    test('what was written is there after closing and opening again', async () => {
      await store.setVote({ reader: 'ann', vote: 'up' })
      const { comment } = await write()
      await store.close()
      store = await openStore(place.url)
      expect(await store.readTally('ann')).toEqual({ up: 1, down: 0, mine: 'up' })
      expect((await read()).comments).toEqual([{ ...comment, mine: false }])
    })

    test('processes that start together on an empty place share one set of tables', async () => {
      const empty = await makeEmptyPlace()
      try {
        await Promise.all(Array.from({ length: 4 }, (_, i) => writer(empty.url, `start${i}`, 1)))
        const opened = await openStore(empty.url)
        expect((await opened.readTally()).up).toBe(4)
        await opened.close()
      } finally {
        await empty.remove()
      }
    })

    test('two processes at once lose and double nothing', async () => {
      const key = randomUUID()
      await Promise.all([writer(place.url, 'a', 50, key), writer(place.url, 'b', 50, key)])
      expect(await store.readTally('everyone')).toEqual({ up: 101, down: 0, mine: 'up' })
      expect((await read()).total).toBe(1)
    })
  })
}

/** A process of its own: `readers` distinct votes, as many repeats of one, as many of one comment. */
function writer(url: string, prefix: string, readers: number, key?: string) {
  const script = resolve('tests/support/store-writer.ts')
  const args = [script, prefix, String(readers), ...(key ? [key] : [])]
  return promisify(execFile)(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: url },
  })
}
