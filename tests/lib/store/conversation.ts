import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Comment, EDIT_WINDOW, PAGE_SIZE, type Sort } from '#lib/comments/comment.ts'
import { MAX_DEPTH } from '#lib/comments/thread.ts'
import { readSettings } from '#lib/settings/settings.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { wilsonScore, type Tally } from '#lib/votes.ts'
import type { TestDatabase } from '#tests/support/stores.ts'

/** What every engine must do with replies, votes on comments, edits and reports; one call an engine. */
export function conversationContract(engine: string, makePlace: () => Promise<TestDatabase>): void {
  describe(`a conversation on ${engine}`, () => {
    let place: TestDatabase
    let store: Store
    let second: Store
    beforeEach(async () => {
      place = await makePlace()
      store = await openStore(place.url)
      second = await openStore(place.url)
    })
    afterEach(async () => {
      vi.useRealTimers()
      await Promise.all([store.close(), second.close()])
      await place.remove()
    })
    const later = (milliseconds: number) =>
      void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
    const add = (change: Partial<Parameters<Store['addComment']>[0]> = {}) =>
      store.addComment({
        ...{ reader: 'ann', networks: ['net'], name: 'Ann', text: 'Hello', key: randomUUID() },
        ...change,
      })
    const write = async (text: string, parent?: Comment, reader = 'ann') => {
      const added = await add({ text, parent: parent?.id, reader })
      if ('comment' in added) return added.comment
      throw new Error(JSON.stringify(added))
    }
    const read = async (position?: Parameters<Store['readComments']>[0], reader?: string) =>
      (await store.readComments(position, reader))!
    const texts = ({ comments }: { comments: Comment[] }) => comments.map(({ text }) => text)
    const edit = (id: string, text: string, reader = 'ann') =>
      store.editComment({ id, reader, text })
    const remove = (id: string, reader = 'ann') => store.deleteOwnComment({ id, reader })

    describe('replies', () => {
      test('stand below what they answer, in the order of the conversation', async () => {
        const [a, b] = [await write('a'), await write('b')]
        const a1 = await write('a1', a)
        await write('a2', a)
        await write('a1x', a1)
        await write('b1', b)
        expect(texts(await read())).toEqual(['b', 'b1', 'a', 'a1', 'a1x', 'a2'])
        expect(texts(await read({ sort: 'oldest' }))).toEqual(['a', 'a1', 'a1x', 'a2', 'b', 'b1'])
        const { comments, total } = await read()
        expect(comments.map(({ depth }) => depth)).toEqual([0, 1, 0, 1, 2, 1])
        expect(comments[4]).toMatchObject({ parent: { id: a1.id, name: 'Ann' } })
        expect(total).toBe(6)
      })

      test('are drawn so deep and no deeper, and name whom they answer', async () => {
        let last = await write('0')
        for (let i = 1; i < 8; i++) last = await write(String(i), last)
        const { comments } = await read()
        expect(comments.map(({ text }) => text)).toEqual([...'01234567'])
        expect(comments.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 3, 3, 3, 3])
        expect(MAX_DEPTH).toBe(4)
        expect(comments.slice(1).map(({ parent }) => parent!.id)).toEqual(
          comments.slice(0, -1).map(({ id }) => id),
        )
      })

      test.each(['newest', 'oldest', 'best'] as Sort[])(
        'pages in the order %s have nothing twice and nothing missing',
        async (sort) => {
          const all: Comment[] = []
          for (let i = 0; i < 2 * PAGE_SIZE + 30; i++) {
            const parent = i % 3 === 0 ? undefined : all[(i * 7) % all.length]
            all.push(await write(String(i), parent, i % 11 === 5 ? 'ben' : 'ann'))
          }
          for (const [i, { id }] of all.entries())
            if (i % 4 === 0) await store.setVote({ reader: `r${i}`, vote: 'up', comment: id })
          const shown: Comment[] = []
          for (let after: string | undefined, first = true; first || after; first = false) {
            const page = await read({ sort, after })
            expect(page.comments.length).toBeLessThanOrEqual(PAGE_SIZE)
            shown.push(...page.comments)
            after = page.next ?? undefined
          }
          expect(shown.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
          const roots = shown.filter(({ depth }) => depth === 0)
          const ids = roots.map(({ id }) => id)
          if (sort === 'newest') expect(ids).toEqual(ids.toSorted().reverse())
          if (sort === 'oldest') expect(ids).toEqual(ids.toSorted())
          const scores = roots.map(({ votes }) => wilsonScore(votes))
          if (sort === 'best') expect(scores).toEqual(scores.toSorted((a, b) => b - a))
          // A reply stands behind its parent, with nothing of another thread between.
          for (const [place, { parent }] of shown.entries())
            if (parent) expect(shown.slice(0, place).some(({ id }) => id === parent.id)).toBe(true)
        },
      )

      test('the writer’s own that wait stand in their place in every order', async () => {
        const a = await write('a')
        const held = { parent: a.id, reader: 'ben', text: 'held', holdReason: 'links' }
        await add(held)
        await write('a2', a)
        await write('b')
        await add({ reader: 'ben', text: 'held root', holdReason: 'links' })
        expect(texts(await read({}, 'ben'))).toEqual(['held root', 'b', 'a', 'held', 'a2'])
        expect(texts(await read({ sort: 'oldest' }, 'ben'))).toEqual([
          ...['a', 'held', 'a2', 'b', 'held root'],
        ])
        expect(texts(await read({ sort: 'best' }, 'ben'))).toEqual([
          ...['held root', 'b', 'a', 'held', 'a2'],
        ])
        expect(texts(await read({}, 'ann'))).toEqual(['b', 'a', 'a2'])
      })

      test('a permalink’s page begins with what the comment is drawn below', async () => {
        const a = await write('a')
        for (let i = 0; i < PAGE_SIZE; i++) await write(`a${i}`, a)
        const deep = await write('deep', await write('last', a))
        await write('after', a)
        expect(texts(await read({ at: deep.id }))).toEqual(['a', 'last', 'deep', 'after'])
      })

      test('a reply to what is not shown is refused, and its text is not kept', async () => {
        const a = await write('a')
        await remove(a.id)
        expect(await add({ parent: a.id })).toEqual({ problem: 'parent_gone' })
        expect(await add({ parent: randomUUID() })).toEqual({ problem: 'parent_gone' })
        const held = await add({ holdReason: 'links' })
        const { comment } = held as { comment: Comment }
        expect(await add({ parent: comment.id })).toEqual({ problem: 'parent_gone' })
        expect((await read()).total).toBe(0)
      })

      test('replies and a deletion at the same moment leave counts that are true', async () => {
        const a = await write('a')
        const b = await write('b', a)
        await Promise.all([
          remove(a.id),
          ...Array.from({ length: 20 }, (_, i) =>
            [store, second][i % 2]!.addComment({
              ...{ reader: `r${i}`, networks: ['net'], name: 'Ann', text: String(i) },
              ...{ key: randomUUID(), parent: i % 2 ? a.id : b.id },
            }),
          ),
        ])
        const { comments, total } = await read()
        const [root, ...replies] = comments
        expect(root).toMatchObject({ id: a.id, status: 'deleted', name: '', text: '', body: [] })
        expect(total).toBe(replies.length)
        for (const { id } of replies.toReversed()) await store.setStatus(id, 'refused')
        // With the last reply its place goes, too.
        expect(await read()).toMatchObject({ comments: [], total: 0 })
      })

      test('a chain of 10,000 replies is written, and read page by page', async () => {
        const chain = 10_000
        const root = await write('root')
        let parent = root.id
        for (let i = 0; i < 5; i++)
          parent = (await write(`deep ${i}`, { id: parent } as Comment)).id
        await Promise.all(
          Array.from({ length: chain - 6 }, (_, i) =>
            add({ parent, text: `reply ${i}`, reader: `r${i % 7}` }),
          ),
        )
        let [pages, count] = [0, 0]
        for (let after: string | undefined, first = true; first || after; first = false) {
          const page = await read({ after })
          pages++
          count += page.comments.length
          expect(page.comments.every(({ depth }) => depth < MAX_DEPTH)).toBe(true)
          after = page.next ?? undefined
        }
        expect([pages, count]).toEqual([chain / PAGE_SIZE, chain])
      })
    })

    describe('votes on comments', () => {
      test('are set, changed and taken back like the story’s, which they leave alone', async () => {
        const { id } = await write('a')
        const vote = (vote: 'up' | 'down' | 'none', reader = 'cat') =>
          store.setVote({ reader, vote, comment: id })
        expect(await vote('up')).toEqual({ up: 1, down: 0, mine: 'up' })
        expect(await vote('up')).toEqual({ up: 1, down: 0, mine: 'up' })
        expect(await vote('down', 'ben')).toEqual({ up: 1, down: 1, mine: 'down' })
        expect(await vote('none')).toEqual({ up: 0, down: 1, mine: null })
        expect((await read({}, 'ben')).comments[0]!.votes).toEqual({ up: 0, down: 1, mine: 'down' })
        expect((await read({}, 'cat')).comments[0]!.votes.mine).toBeNull()
        expect(await store.readTally()).toEqual({ up: 0, down: 0, mine: null })
      })

      test('are refused to its writer, who may take back one from before they were', async () => {
        const limits = readSettings({
          COMMENT_VOTES_PER_MINUTE: '2',
          COMMENT_PAUSE_SECONDS: '0',
        }).limits
        await store.close()
        store = await openStore(place.url, limits)
        const [own, other] = [await write('own'), await write('another’s')]
        await place.run(`update comments set reader = 'ben' where id = '${other.id}'`)
        const vote = (vote: 'up' | 'down' | 'none', comment: string, reader = 'ann') =>
          store.setVote({ reader, vote, comment })
        const answers = await Promise.all([
          ...Array.from({ length: 5 }, () => vote('up', own.id)),
          vote('down', own.id),
          vote('up', own.id, 'cat'),
          vote('up', other.id),
        ])
        const [refused, counted] = [{ problem: 'own_comment' }, { up: 1, down: 0, mine: 'up' }]
        expect(answers).toEqual([...Array(6).fill(refused), counted, counted])

        await place.run(`update comments set reader = 'cat' where id = '${own.id}'`)
        expect(await vote('down', own.id, 'cat')).toEqual(refused)
        expect((await read({}, 'cat')).comments.at(-1)!.votes).toEqual(counted)
        expect(await vote('none', own.id, 'cat')).toEqual({ up: 0, down: 0, mine: null })
        expect(await vote('up', own.id, 'cat')).toEqual(refused)
      })

      test('that arrive together on several, through two servers, are all counted once', async () => {
        const comments = [await write('a'), await write('b'), await write('c')]
        await Promise.all(
          Array.from({ length: 300 }, (_, i) =>
            [store, second][i % 2]!.setVote({
              reader: `r${i % 50}`,
              vote: 'up',
              comment: i % 4 === 3 ? undefined : comments[i % 4]!.id,
            }),
          ),
        )
        const expected = (at: number) =>
          new Set(
            Array.from({ length: 300 }, (_, i) => i).flatMap((i) => (i % 4 === at ? i % 50 : [])),
          ).size
        const { comments: shown } = await read({ sort: 'oldest' })
        expect(shown.map(({ votes }) => votes.up)).toEqual([0, 1, 2].map(expected))
        expect((await store.readTally()).up).toBe(expected(3))
      })

      test('on what is not shown are not counted', async () => {
        const { id } = await write('a')
        await store.setStatus(id, 'held')
        const vote = (comment: string) => store.setVote({ reader: 'ann', vote: 'up', comment })
        expect(await vote(id)).toBeUndefined()
        expect(await vote(randomUUID())).toBeUndefined()
      })

      test('put the surely good first: many over one', async () => {
        const [one, many, poor] = [await write('one'), await write('many'), await write('poor')]
        const vote = (comment: Comment, vote: 'up' | 'down', count: number) =>
          Promise.all(
            Array.from({ length: count }, (_, i) =>
              store.setVote({ reader: `${vote}${i}`, vote, comment: comment.id }),
            ),
          )
        await vote(one, 'up', 1)
        await vote(many, 'up', 9)
        await vote(many, 'down', 1)
        await vote(poor, 'down', 3)
        expect(texts(await read({ sort: 'best' }))).toEqual(['many', 'one', 'poor'])
      })
    })

    describe('second thoughts', () => {
      test('the writer gives a comment other words, and it is marked', async () => {
        const { id } = await write('a')
        const changed = await edit(id, 'b *c*')
        expect(changed).toMatchObject({
          comment: { id, text: 'b *c*', editedAt: expect.any(Number), mine: true },
        })
        expect(texts(await read())).toEqual(['b *c*'])
      })

      test('the same words again change nothing', async () => {
        const { id } = await write('a')
        expect(await edit(id, 'a')).toMatchObject({ comment: { editedAt: null } })
      })

      test('by another, or of what is not there, are refused', async () => {
        const { id } = await write('a')
        expect(await edit(id, 'b', 'ben')).toEqual({ problem: 'not_yours' })
        expect(await remove(id, 'ben')).toEqual({ problem: 'not_yours' })
        expect(await edit(randomUUID(), 'b')).toEqual({ problem: 'gone' })
        expect(texts(await read())).toEqual(['a'])
      })

      test('are heard to the last millisecond of the time, and then no more', async () => {
        const { id, createdAt } = await write('a')
        vi.useFakeTimers({ toFake: ['Date'], now: createdAt + EDIT_WINDOW - 1 })
        expect(await edit(id, 'b')).toMatchObject({ comment: { text: 'b' } })
        vi.setSystemTime(createdAt + EDIT_WINDOW)
        expect(await edit(id, 'c')).toEqual({ problem: 'too_late' })
        expect(await remove(id)).toEqual({ problem: 'too_late' })
        expect(texts(await read())).toEqual(['b'])
      })

      test('a place that is answered from beside it stays until the answer goes', async () => {
        const chain: Comment[] = [await write('0')]
        for (let i = 1; i < 7; i++) chain.push(await write(String(i), chain.at(-1)))
        for (const i of [3, 4, 6]) await remove(chain[i]!.id)
        expect(texts(await read())).toEqual(['0', '1', '2', '', '5'])
        await remove(chain[5]!.id)
        expect(texts(await read())).toEqual(['0', '1', '2'])
      })

      test('a deleted comment is gone with its words; with replies its place stays', async () => {
        const [a, b] = [await write('a'), await write('b')]
        await write('a1', a)
        expect(await remove(b.id)).toEqual({ comment: undefined })
        expect(await remove(b.id)).toEqual({ comment: undefined })
        expect(await remove(a.id)).toMatchObject({ comment: { status: 'deleted', text: '' } })
        const { comments, total } = await read()
        expect(comments).toMatchObject([
          { status: 'deleted', name: '', text: '' },
          { text: 'a1', parent: { id: a.id, name: '' } },
        ])
        expect(total).toBe(1)
        expect(await edit(a.id, 'back')).toEqual({ problem: 'gone' })
        expect(await store.setStatus(a.id, 'published')).toBeUndefined()
      })

      test('what the publisher has deleted its writer deletes for good', async () => {
        const { id } = await write('secret words')
        await store.setStatus(id, 'deleted')
        expect(await remove(id)).toEqual({ comment: undefined })
        expect(await store.setStatus(id, 'published')).toBeUndefined()
        expect((await read()).total).toBe(0)
      })

      test('an edit that is sent again when the time is over stands', async () => {
        const { id, createdAt } = await write('a')
        vi.useFakeTimers({ toFake: ['Date'], now: createdAt + EDIT_WINDOW - 1 })
        await edit(id, 'b')
        vi.setSystemTime(createdAt + EDIT_WINDOW)
        expect(await edit(id, 'b')).toMatchObject({ comment: { text: 'b' } })
      })

      test('words that speak against a comment let it wait, and count it no more', async () => {
        const a = await write('a')
        await store.editComment({ id: a.id, reader: 'ann', text: 'b', holdReason: 'links' })
        expect(await read()).toMatchObject({ comments: [], total: 0 })
        expect(await read({}, 'ann')).toMatchObject({ comments: [{ text: 'b', status: 'held' }] })
        expect((await store.readQueue()).comments).toMatchObject([{ reason: 'links' }])
      })

      test('two servers that change and delete one comment at once leave one true state', async () => {
        const { id } = await write('a')
        await Promise.all(
          Array.from({ length: 20 }, (_, i) => {
            const own = { id, reader: 'ann' }
            const each = [store, second][i % 2]!
            return i === 10
              ? each.deleteOwnComment(own)
              : each.editComment({ ...own, text: `edit ${i}` })
          }),
        )
        expect(await read()).toMatchObject({ comments: [], total: 0 })
      })
    })

    describe('outcomes', () => {
      test('who waited sees for some days what became of it', async () => {
        const add1 = await add({ text: 'good', holdReason: 'all' })
        const add2 = await add({ text: 'bad', holdReason: 'all' })
        const [good, bad] = [add1, add2].map((added) => (added as { comment: Comment }).comment)
        expect((await read({}, 'ann')).outcomes).toEqual([])
        await store.setStatus(good!.id, 'published')
        await store.setStatus(bad!.id, 'refused')
        const { outcomes, comments } = await read({}, 'ann')
        expect(outcomes).toEqual([
          { id: bad!.id, status: 'refused' },
          { id: good!.id, status: 'published' },
        ])
        expect(comments.map(({ status }) => status)).toEqual(['refused', 'published'])
        expect((await read({}, 'ben')).outcomes).toEqual([])
        await store.setStatus(bad!.id, 'deleted')
        expect((await read({}, 'ann')).outcomes[0]).toEqual({ id: bad!.id, status: 'deleted' })
        await store.setStatus(bad!.id, 'refused')
        later(8 * 24 * 60 * 60 * 1_000)
        expect((await read({}, 'ann')).outcomes).toEqual([])
        expect(texts(await read({}, 'ann'))).toEqual(['good'])
      })
    })

    describe('reports', () => {
      const report = (comment: string, reader = 'ben', note = '') =>
        store.addReport({ comment, reader, reason: 'spam', note })

      test('are kept once a reader and comment', async () => {
        const { id } = await write('a')
        expect(await report(id)).toEqual({ reported: true })
        expect(await report(id, 'ben', 'again')).toEqual({ reported: true })
        expect(await report(id, 'cem')).toEqual({ reported: true })
        expect(await place.count('reports')).toBe(2)
        expect(await report(randomUUID())).toBeUndefined()
      })

      test('are not taken from who wrote the comment', async () => {
        const { id } = await write('a')
        expect(await report(id, 'ann')).toEqual({ problem: 'own_comment' })
        expect(await place.count('reports')).toBe(0)
      })

      test('that were decided on count again when the words are others', async () => {
        const { id } = await write('a')
        await report(id)
        const decide = () =>
          store.decide({ id, decision: 'approve', moderator: 'Ada', batch: randomUUID() })
        await decide()
        await report(id)
        expect((await store.readQueue()).pending).toBe(0)
        later(1_000)
        await edit(id, 'abuse')
        await report(id)
        expect((await store.readQueue()).pending).toBe(1)
      })
    })

    test('votes on comments, edits and reports are so many in a window, in whichever process', async () => {
      const most = (count: number) => ({ most: count, window: 60_000 })
      const limits = readSettings({ COMMENT_PAUSE_SECONDS: '0' }).limits
      await Promise.all([store.close(), second.close()])
      const few = { ...limits, commentVotes: most(2), edits: most(3), reports: most(1) }
      store = await openStore(place.url, few)
      second = await openStore(place.url, few)
      const letters = [await write('a'), await write('b'), await write('c')]
      const inTurn = (act: (store: Store, i: number) => Promise<unknown>, count = 3) =>
        Promise.all(Array.from({ length: count }, (_, i) => act([store, second][i % 2]!, i)))
      const refused = (answers: unknown[]) =>
        answers.filter((answer) => 'limit' in (answer as object)).length
      const votes = await inTurn((each, i) =>
        each.setVote({ reader: 'ben', vote: 'up', comment: letters[i]!.id }),
      )
      expect(refused(votes)).toBe(1)
      expect(await store.setVote({ reader: 'ben', vote: 'up' })).toMatchObject({ mine: 'up' })
      const edits = await inTurn(
        (each, i) => each.editComment({ id: letters[0]!.id, reader: 'ann', text: `edit ${i}` }),
        5,
      )
      expect(refused(edits)).toBe(2)
      const reports = await inTurn((each, i) =>
        each.addReport({ comment: letters[i]!.id, reader: 'ben', reason: 'spam', note: '' }),
      )
      expect(refused(reports)).toBe(2)
      expect(await place.count('reports')).toBe(1)
    })

    test('a permalink’s page has its comment, however long what it answers is', async () => {
      const root = await write('x'.repeat(60_000))
      const reply = await write('reply', root)
      expect(texts(await read({ at: reply.id }))).toContain('reply')
    })

    test('a page ends early where its texts are long', async () => {
      for (let i = 0; i < 4; i++) await write('x'.repeat(20_000) + i)
      const first = await read()
      expect(first.comments).toHaveLength(2)
      expect((await read({ after: first.next! })).comments).toHaveLength(2)
    })

    test('a page ends early where its trees are long, and the next ones have the rest', async () => {
      for (let i = 0; i < 10; i++) await write('a\n'.repeat(2_498) + i)
      const pages = [await read()]
      while (pages.at(-1)!.next) pages.push(await read({ after: pages.at(-1)!.next! }))
      expect(pages.length).toBeGreaterThan(3)
      for (const page of pages)
        expect(JSON.stringify(page.comments.map(({ body }) => body)).length).toBeLessThan(160_000)
      const seen = pages.flatMap((page) => texts(page).map((text) => text.at(-1)))
      expect(seen.toSorted()).toEqual([...'0123456789'])
      expect(JSON.stringify(await store.readNewest()).length).toBeLessThan(200_000)
    })

    test('one comment is read as a stranger and as its writer see it', async () => {
      const held = (await add({ holdReason: 'links' })) as { comment: Comment }
      expect(await store.readComment(held.comment.id)).toBeUndefined()
      expect(await store.readComment(held.comment.id, 'ann')).toEqual(held.comment)
    })

    test('the totals of a story and of a comment are of one shape', async () => {
      const { id } = await write('a')
      const tally = await store.setVote({ reader: 'ben', vote: 'up', comment: id })
      expect(tally).toEqual({ up: 1, down: 0, mine: 'up' } satisfies Tally)
    })
  })
}
