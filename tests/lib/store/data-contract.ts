import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { writeExport } from '#lib/transfer/export-file.ts'
import { readExport } from '#lib/transfer/json-lines.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { columnsOf, TABLES } from '#lib/store/transfer/tables.ts'
import type { TestDatabase } from '#tests/support/stores.ts'

/** What every engine must do with data that comes, goes and is erased; one call an engine. */
export function dataContract(engine: string, makePlace: () => Promise<TestDatabase>): void {
  describe(`the publisher's data on ${engine}`, () => {
    let places: TestDatabase[]
    let stores: Store[]
    beforeEach(() => {
      places = []
      stores = []
    })
    afterEach(async () => {
      vi.useRealTimers()
      await closeAll()
    })
    const closeAll = async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()))
      await Promise.all(places.splice(0).map((place) => place.remove()))
    }
    const open = async () => {
      const place = await makePlace()
      places.push(place)
      const store = await openStore(place.url, undefined, true)
      stores.push(store)
      return { store, place }
    }

    describe('export and import', () => {
      test(
        'export, import, export is byte-equal, whatever was written',
        async () => {
          await fc.assert(
            fc.asyncProperty(conversations, async (acts) => {
              const [{ store: first }, { store: second }] = [await open(), await open()]
              await play(first, acts)
              const exported = await textOf(first)
              await second.importRecords(readExport(lines(exported)))
              expect(await textOf(second)).toBe(exported)
              expect(await second.readComments({ sort: 'best' })).toEqual(
                await first.readComments({ sort: 'best' }),
              )
              expect(await second.readTally()).toEqual(await first.readTally())
              await closeAll()
            }),
            { numRuns: process.env.LONG ? 100 : 5 },
          )
        },
        process.env.LONG ? 1_200_000 : 120_000,
      )

      test('what the desk did comes back as well, and every permalink leads where it led', async () => {
        const [{ store: first }, { store: second }] = [await open(), await open()]
        await fill(first)
        const chain: string[] = []
        for (let i = 0; i < 7; i++)
          chain.push(await write(first, { reader: `r${i}`, parent: chain.at(-1) }))
        await first.editComment({ id: chain[2]!, reader: 'r2', text: 'Other words' })
        await first.deleteOwnComment({ id: chain[4]!, reader: 'r4' })
        const batch = v7()
        await first.decide({ id: chain[6]!, decision: 'refuse', moderator: 'Ada', batch })
        await first.undo(batch, 'Ada')
        const exported = await textOf(first)
        for (const type of ['erasure', 'comment', 'vote', 'report', 'act', 'ban', 'setting'])
          expect(exported).toContain(`"type":"${type}"`)

        await second.importRecords(readExport(lines(exported)))
        expect(await textOf(second)).toBe(exported)
        expect(await second.readAuditLog()).toEqual(await first.readAuditLog())
        expect(await second.readModerationSettings()).toEqual(await first.readModerationSettings())
        const ofReaders = async (store: Store) =>
          (await store.readBans()).filter(({ kind }) => kind === 'reader')
        expect(await ofReaders(second)).toEqual(await ofReaders(first))
        for (const at of chain) {
          const page = await second.readComments({ at })
          expect(page!.comments.map(({ id }) => id)).toContain(at)
          expect(page).toEqual(await first.readComments({ at }))
        }
      })

      test('twice is the same as once', async () => {
        const [{ store: first }, { store: second }] = [await open(), await open()]
        await play(first, SOME)
        const exported = await textOf(first)
        await second.importRecords(readExport(lines(exported)))
        const again = await second.importRecords(readExport(lines(exported)))
        expect(await textOf(second)).toBe(exported)
        expect([...again.added.values(), ...again.leftOut.values()]).toEqual([])
        const own = await first.importRecords(readExport(lines(exported)))
        expect(own.added.size).toBe(0)
        expect(await textOf(first)).toBe(exported)
      })

      test('what the store has stays as it is, and totals count both', async () => {
        const [{ store: first }, { store: second }] = [await open(), await open()]
        const root = await write(first, { text: 'from the first' })
        await first.setVote({ reader: READERS[0]!, vote: 'up' })
        await first.setVote({ reader: READERS[1]!, vote: 'up' })
        await first.setVote({ reader: READERS[1]!, vote: 'up', comment: root })
        await second.setVote({ reader: READERS[0]!, vote: 'down' })
        await write(second, { text: 'from the second' })
        await second.importRecords(readExport(lines(await textOf(first))))
        expect(await second.readTally(READERS[0])).toEqual({ up: 1, down: 1, mine: 'down' })
        const page = (await second.readComments())!
        expect(page.total).toBe(2)
        expect(page.comments.find(({ id }) => id === root)!.votes.up).toBe(1)
        await write(second, { parent: root })
        expect((await second.readComments())!.total).toBe(3)
      })

      test('a dry run says what would be and changes nothing', async () => {
        const [{ store: first }, { store: second, place }] = [await open(), await open()]
        await play(first, SOME)
        const before = await place.dump()
        const records = lines(await textOf(first))
        const report = await second.importRecords(readExport(records), { dryRun: true })
        expect(report.added.get('comment')).toBeGreaterThan(1)
        expect(await place.dump()).toEqual(before)
      })

      test.each([
        ['cut off in a line', (text: string) => text.slice(0, -60)],
        ['cut off between lines', (text: string) => text.replace(/\n[^\n]*\n$/, '\n')],
        ['with a line less', (text: string) => text.replace(/\n[^\n]*(?=\n)/, '')],
        [
          'with a line that is no record',
          (text: string) => text.replace('{"type":"end"', '{"type":"x"}\n{"type":"end"'),
        ],
        ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
        ['with a field more', (text: string) => text.replace('"type":"vote"', '$&,"admin":true')],
        ['with a wrong value', (text: string) => text.replace('"value":1', '"value":9')],
        ['with a huge line', (text: string) => text + 'x'.repeat(2_000_000)],
      ])('of a file %s nothing is taken', async (_, spoil) => {
        const [{ store: first }, { store: second, place }] = [await open(), await open()]
        await play(first, SOME)
        const before = await place.dump()
        const spoilt = lines(spoil(await textOf(first)))
        await expect(second.importRecords(readExport(spoilt))).rejects.toThrow(/line/)
        expect(await place.dump()).toEqual(before)
      })

      test('replies find their place in whatever order they come', async () => {
        const [{ store: first }, { store: second }] = [await open(), await open()]
        let parent: string | undefined
        for (let i = 0; i < 7; i++) parent = await write(first, { parent, text: `reply ${i}` })
        const [head, ...rest] = (await textOf(first)).trimEnd().split('\n')
        const shuffled = [head, ...rest.slice(0, -1).reverse(), rest.at(-1)].join('\n')
        await second.importRecords(readExport(lines(shuffled)))
        expect(await second.readComments()).toEqual(await first.readComments())
        expect(await textOf(second)).toBe(await textOf(first))
      })

      test('those who answer one another in a circle, and those who answer nobody, stand alone', async () => {
        const { store } = await open()
        const [a, b, c, d] = [v7(), v7(), v7(), v7()] as const
        const report = await store.importRecords(
          each([
            comment({ id: a, parent: b }),
            comment({ id: b, parent: a }),
            comment({ id: c, parent: v7() }),
            comment({ id: d, parent: d }),
          ]),
        )
        expect([...report.moved.values()].reduce((sum, count) => sum + count)).toBe(3)
        const page = (await store.readComments({ sort: 'oldest' }))!
        expect(page.comments.map(({ id, parent }) => [id, parent?.id])).toEqual([
          [a, undefined],
          [b, a],
          [c, undefined],
          [d, undefined],
        ])
        await store.addComment({ ...WORDS, reader: 'x', networks: ['n'], key: 'k', parent: b })
        expect((await store.readComments())!.total).toBe(5)
      })

      test('an id or key that is there twice is one comment', async () => {
        const { store } = await open()
        const [id, key] = [v7(), randomUUID()]
        const report = await store.importRecords(
          each([comment({ id, key }), comment({ id, text: 'other' }), comment({ key })]),
        )
        expect(report.added.get('comment')).toBe(1)
        expect(report.known.get('comment')).toBe(1)
        expect(report.leftOut.get('another comment has its key')).toBe(1)
        expect((await store.readComments())!.total).toBe(1)
      })

      test('replies to what is left out stand where it would have stood', async () => {
        const { store } = await open()
        const [root, spam, reply] = [v7(), v7(), v7()] as const
        const report = await store.importRecords(
          each([
            comment({ id: reply, parent: spam }),
            { type: 'omitted', id: spam, parent: root, reason: 'spam' },
            comment({ id: root }),
          ]),
        )
        expect(report.leftOut.get('spam')).toBe(1)
        expect((await store.readComment(reply))!.parent!.id).toBe(root)
      })

      test('votes and reports on what is not there are left out', async () => {
        const { store } = await open()
        const gone = v7()
        const report = await store.importRecords(
          each([
            { type: 'vote', reader: 'ann', comment: gone, value: 1, since: 1 },
            { type: 'vote', reader: 'ann', comment: '', value: 1, since: 1 },
          ]),
        )
        expect(report.leftOut.get('about a comment that does not exist')).toBe(1)
        expect((await store.readTally()).up).toBe(1)
      })

      test('10,000 comments and as many votes come in, and out again the same', async () => {
        const [{ store }, { store: second }] = [await open(), await open()]
        const ids = Array.from({ length: 10_000 }, (_, i) => v7({ msecs: 1e12 + i }))
        const records = ids.flatMap((id, i) =>
          comment({ id, parent: i % 10 ? ids[i - 1]! : null, text: `letter ${i}` }),
        )
        const votes = ids.map((id, i) => {
          const value = i % 3 ? (1 as const) : (-1 as const)
          return { type: 'vote', reader: `r${i % 100}`, comment: id, value, since: i } as const
        })
        const report = await store.importRecords(each([...records, ...votes]))
        expect(Object.fromEntries(report.added)).toEqual({ comment: 10_000, vote: 10_000 })
        const exported = await textOf(store)
        await second.importRecords(readExport(lines(exported)))
        expect(await textOf(second)).toBe(exported)
        expect((await second.readComments())!.total).toBe(10_000)
      })

      test('a key made of an address is in no export', async () => {
        const { store } = await open()
        const key = 'form:scrambled-address'
        await store.addComment({ ...WORDS, reader: 'ann', networks: ['net'], key })
        expect(await textOf(store)).not.toContain('scrambled')
      })
    })

    test('every table and column is in the export, or is left out for a reason', async () => {
      const { store, place } = await open()
      await fill(store)
      const tables = await place.dump()
      const own = Object.keys(tables).filter((name) => !/^(kysely|sqlite)_/.test(name))
      expect(own.sort()).toEqual(Object.keys(TABLES).sort())
      for (const name of own) {
        const exported = TABLES[name as keyof typeof TABLES]
        if (typeof exported === 'string') expect(exported).not.toBe('')
        else
          expect([...columnsOf(exported.type), ...Object.keys(exported.without)].sort()).toEqual(
            Object.keys(tables[name]![0]!).sort(),
          )
      }
    })

    describe('erasure', () => {
      test('no table and no export has a trace of the reader after it', async () => {
        const { store, place } = await open()
        await fill(store)
        for (const [name, rows] of Object.entries(await place.dump()))
          if (!/^(kysely|sqlite)_/.test(name)) expect(rows, `${name} is not filled`).not.toEqual([])
        expect(traces(await place.dump())).not.toEqual([])

        await store.eraseReader(GONE.reader)
        expect(traces(await place.dump())).toEqual([])
        expect(traces(await textOf(store))).toEqual([])
        const { erasures } = await place.dump()
        expect(erasures!.map(({ reader_hash }) => reader_hash)).toContain(
          createHash('sha256').update(GONE.reader).digest('hex'),
        )
      })

      test('totals are as if the reader had never been', async () => {
        const { store, place } = await open()
        const other = await write(store, { reader: 'ben' })
        const own = await write(store, { reader: 'ann' })
        await store.setVote({ reader: 'ann', vote: 'up' })
        await store.setVote({ reader: 'ben', vote: 'down' })
        await store.setVote({ reader: 'ann', vote: 'up', comment: other })
        await store.setVote({ reader: 'cat', vote: 'down', comment: other })
        await store.setVote({ reader: 'cat', vote: 'down', comment: own })
        expect(await store.eraseReader('ann')).toEqual({ comments: 1, votes: 2 })
        expect(await store.readTally()).toEqual({ up: 0, down: 1, mine: null })
        const page = (await store.readComments())!
        expect(page.total).toBe(1)
        expect(page.comments).toMatchObject([{ id: other, votes: { up: 0, down: 1 } }])
        expect(await store.eraseReader('ann')).toEqual({ comments: 0, votes: 0 })
        const { votes } = await place.dump()
        expect(votes!.map(({ reader, comment }) => [reader, comment])).toEqual(
          expect.arrayContaining([
            ['ben', ''],
            ['cat', other],
          ]),
        )
        expect(votes).toHaveLength(2)
      })

      test('a comment with replies leaves its place, and others nothing', async () => {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 1, 26) })
        const { store, place } = await open()
        const root = await write(store, { reader: 'ann' })
        const reply = await write(store, { reader: 'ben', parent: root })
        const last = await write(store, { reader: 'ann', parent: reply })
        const alone = await write(store, { reader: 'ann' })
        vi.setSystemTime(Date.now() + 1_000)
        await store.eraseReader('ann')
        // The reply showed a name that is gone: who listens must hear of it.
        const { comments } = await place.dump()
        expect(comments!.map((row) => Number(row.changed_at))).toEqual(Array(4).fill(Date.now()))
        const page = (await store.readComments())!
        expect(page.comments.map(({ id, status, name }) => [id, status, name])).toEqual([
          [root, 'deleted', ''],
          [reply, 'published', 'Ann'],
        ])
        expect(page.total).toBe(1)
        for (const id of [last, alone]) expect(await store.readComment(id)).toBeUndefined()
        expect(await store.readerOf(root)).toBeUndefined()
        expect(await store.readerOf(reply)).toBe('ben')

        // As long as somebody may be answering, a place stays in the table.
        expect(await place.count('comments')).toBe(4)
        vi.setSystemTime(Date.now() + 11 * 60_000)
        await store.deleteExpired()
        expect(await place.count('comments')).toBe(2)
        await store.eraseReader('ben')
        vi.setSystemTime(Date.now() + 11 * 60_000)
        await store.deleteExpired()
        expect(await place.count('comments')).toBe(0)
      })

      test('what is not published goes as well', async () => {
        const { store, place } = await open()
        await write(store, { reader: 'ann', holdReason: 'links' })
        const refused = await write(store, { reader: 'ann' })
        await store.setStatus(refused, 'refused')
        const deleted = await write(store, { reader: 'ann' })
        await store.setStatus(deleted, 'deleted')
        await store.eraseReader('ann')
        expect(JSON.stringify(await place.dump())).not.toMatch(/"Ann"|"ann"|Hello/)
        expect(await store.setStatus(refused, 'published')).toBeUndefined()
        expect((await store.readComments())!.total).toBe(0)
      })

      test('a file from before brings nothing of the reader back', async () => {
        const [{ store }, { store: second }] = [await open(), await open()]
        const root = await write(store, { reader: GONE.reader, name: GONE.name, text: GONE.text })
        const reply = await write(store, { reader: 'ben', parent: root })
        await store.setVote({ reader: GONE.reader, vote: 'up' })
        const before = await textOf(store)
        await store.eraseReader(GONE.reader)

        const report = await store.importRecords(readExport(lines(before)))
        expect(report.leftOut.get('by a reader who was erased')).toBe(1)
        expect(traces(await textOf(store))).toEqual([])

        // Into a store without the comment, its place alone comes; and an erasure comes with the file.
        await second.eraseReader(GONE.reader)
        await second.importRecords(readExport(lines(before)))
        expect(traces(await textOf(second))).toEqual([])
        expect((await second.readComments())!.comments.map(({ id }) => id)).toEqual([root, reply])
        const { store: third } = await open()
        await third.importRecords(readExport(lines(before)))
        expect((await third.readTally()).up).toBe(1)
        await third.importRecords(readExport(lines(await textOf(store))))
        expect(traces(await textOf(third))).toEqual([])
        expect((await third.readTally()).up).toBe(0)
      })

      test('what a reader does after an erasure stays when it is played again', async () => {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 1, 26) })
        const [{ store }, { store: second }] = [await open(), await open()]
        await write(store, { reader: 'ann', text: 'before' })
        await store.setVote({ reader: 'ann', vote: 'up' })
        const old = await textOf(store)
        vi.setSystemTime(Date.now() + 1_000)
        await store.eraseReader('ann', 'Ada')
        vi.setSystemTime(Date.now() + 1_000)
        await write(store, { reader: 'ann', text: 'after' })
        await store.setVote({ reader: 'ann', vote: 'down' })
        await store.importRecords(readExport(lines(old)))
        await second.importRecords(readExport(lines(old)))
        await second.importRecords(readExport(lines(await textOf(store))))
        for (const one of [store, second]) {
          const { comments } = (await one.readComments())!
          expect(comments.map(({ text }) => text)).toEqual(['after'])
          expect(await one.readTally()).toMatchObject({ up: 0, down: 1 })
        }
      })

      test('readers who go while others vote and answer leave totals that are right', async () => {
        const { store, place } = await open()
        const roots: string[] = []
        for (let i = 0; i < 10; i++) roots.push(await write(store, { reader: `r${i}` }))
        const acts = roots.flatMap((comment, i) => [
          store.eraseReader(`r${i}`),
          ...roots.map((_, j) => store.setVote({ reader: `v${j}`, vote: 'up', comment })),
          write(store, { reader: `a${i}`, parent: comment }).catch(() => undefined),
        ])
        await Promise.all(acts)
        const { comments, votes, tally } = await place.dump()
        const published = comments!.filter(({ status }) => status === 'published')
        const total = tally!.reduce((sum, shard) => sum + Number(shard.comments), 0)
        expect(total).toBe(published.length)
        for (const row of comments!) {
          const below = published.filter(({ parent }) => parent === row.id)
          expect(Number(row.replies)).toBe(below.length)
          const on = votes!.filter(({ comment, value }) => comment === row.id && value === 1)
          if (row.status === 'published') expect(Number(row.up)).toBe(on.length)
        }
      })
    })
  })
}

const WORDS = { name: 'Ann', text: 'Hello' }
const READERS = Array.from({ length: 5 }, (_, i) => `0199aaaa-0000-7000-8000-00000000000${i}`)
const GONE = {
  reader: '0199bbbb-0000-7000-8000-000000000001',
  name: 'Gone Grace',
  text: 'Words of hers alone that say who she is',
  key: '0199cccc-0000-7000-8000-000000000001',
  network: 'network-of-grace',
  words: 'print-of-her-words',
  note: 'a note by her',
}

/** Puts something of the reader, and of others about the reader, into every table. */
async function fill(store: Store): Promise<void> {
  const { reader, name, text, key, network, words, note } = GONE
  const other = await write(store, { reader: 'ben' })
  const letter = { reader, name, text, key, fingerprint: words, holdReason: note }
  const added = await store.addComment({
    ...letter,
    networks: [network],
    banNetworks: [network],
  })
  const { id } = (added as { comment: { id: string } }).comment
  await store.setStatus(id, 'published')
  await write(store, { reader: 'ben', parent: id, text: 'An answer' })
  await store.setVote({ reader, vote: 'up' })
  await store.setVote({ reader, vote: 'down', comment: other })
  await store.setVote({ reader: 'ben', vote: 'down', comment: id })
  await store.addReport({ comment: other, reader, reason: 'spam', note })
  await store.addReport({ comment: id, reader: 'ben', reason: 'abuse', note: `She wrote: ${text}` })
  await store.countView({ day: 20_000, viewer: 'scrambled', networks: ['scrambled'] })
  await store.readSecret('reader')
  const moderator = 'Ada'
  await store.decide({ id, decision: 'approve', moderator, batch: v7() })
  await store.decide({ id: other, decision: 'approve', moderator, batch: v7() })
  await store.addBan({ comment: id, kind: 'reader', time: '1 day', moderator })
  await store.addBan({ comment: id, kind: 'network', time: '1 day', moderator })
  await store.addBan({ comment: other, kind: 'reader', time: '1 day', moderator })
  await store.setCommentState('held', moderator)
  await store.changeHeldWords({ add: ['casino'], remove: [] }, moderator)
  await store.addSession({ id: 'session', moderator, expires: Date.now() + 60_000 })
  await store.eraseReader('somebody else')
}

/** What of the reader stands in there. The network's quota has its limit's hour, and is no column of hers. */
function traces(data: unknown): string[] {
  const { quotas: _quotas, ...tables } =
    typeof data === 'string' ? { data } : (data as Record<string, unknown>)
  const text = JSON.stringify(tables)
  const own = Object.values(GONE).filter((word) => text.includes(word))
  const quotas = JSON.stringify(_quotas ?? [])
  return quotas.includes(GONE.reader) ? [...own, 'quotas'] : own
}

type Change = Partial<Parameters<Store['addComment']>[0]>

async function write(store: Store, change: Change = {}): Promise<string> {
  const comment = { ...WORDS, reader: 'ann', networks: ['net'], key: randomUUID(), ...change }
  const added = await store.addComment(comment)
  if ('comment' in added) return added.comment.id
  throw new Error('the comment was not added')
}

async function textOf(store: Store): Promise<string> {
  let text = ''
  await writeExport(store, async (more) => void (text += more))
  return text
}

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items
}

/** In pieces that end anywhere. */
async function* lines(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += 1_000) yield text.slice(start, start + 1_000)
}

type CommentRecord = Extract<
  Parameters<Store['importRecords']>[0] extends AsyncIterable<infer Incoming> ? Incoming : never,
  { type: 'comment' }
>

function comment(change: Partial<CommentRecord>): CommentRecord {
  return {
    type: 'comment',
    id: v7(),
    parent: null,
    reader: 'ann',
    key: randomUUID(),
    ...WORDS,
    created_at: 1e12,
    edited_at: null,
    changed_at: 1e12,
    status: 'published',
    decided_at: null,
    reason: null,
    words: null,
    by_author: 0,
    ...change,
  }
}

type Act =
  | { act: 'write'; reader: string; on: number; name: string; text: string; held: boolean }
  | { act: 'edit'; on: number; text: string }
  | { act: 'delete'; on: number }
  | { act: 'vote'; reader: string; on: number; vote: 'up' | 'down' | 'none' }
  | { act: 'report'; reader: string; on: number; note: string }
  | { act: 'decide'; on: number; status: 'published' | 'refused' | 'deleted' }
  | { act: 'erase'; reader: string }

/** On 0 is the story, or no comment to answer. */
async function play(store: Store, acts: Act[]): Promise<void> {
  const written: { id: string; reader: string }[] = []
  const at = (on: number) => (on === 0 ? undefined : written[on % (written.length || 1)])
  const gone = new Set<string>()
  for (const act of acts) {
    // Whoever is erased has no cookie any more, and would come back as another.
    if ('reader' in act && gone.has(act.reader)) continue
    if (act.act === 'erase') gone.add(act.reader)
    if (act.act === 'write') {
      const { reader, name, text, held } = act
      const parent = at(act.on)?.id
      const added = await store.addComment({
        ...{ reader, name, text, parent, key: randomUUID(), networks: ['net'] },
        ...(held && { holdReason: 'links', fingerprint: `words of ${text.length}` }),
      })
      if ('comment' in added) written.push({ id: added.comment.id, reader })
    } else if (act.act === 'vote')
      await store.setVote({ reader: act.reader, vote: act.vote, comment: at(act.on)?.id })
    else if (act.act === 'erase') await store.eraseReader(act.reader)
    else {
      const target = at(act.on)
      if (!target) continue
      const { id, reader } = target
      if (gone.has(reader)) continue
      if (act.act === 'edit') await store.editComment({ id, reader, text: act.text })
      else if (act.act === 'delete') await store.deleteOwnComment({ id, reader })
      else if (act.act === 'decide') await store.setStatus(id, act.status)
      else
        await store.addReport({ comment: id, reader: act.reader, reason: 'spam', note: act.note })
    }
  }
  await store.countView({ day: 20_000, viewer: 'scrambled', networks: ['net'] })
}

const reader = fc.constantFrom(...READERS)
const on = fc.nat(20)
const words = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((text) => !text.includes('\0') && text.isWellFormed())
const conversations = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('write' as const),
        reader,
        on,
        name: words,
        text: words,
        held: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('edit' as const), on, text: words }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), on }) },
    {
      weight: 3,
      arbitrary: fc.record({
        act: fc.constant('vote' as const),
        reader,
        on,
        vote: fc.constantFrom('up' as const, 'down' as const, 'none' as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('report' as const), reader, on, note: words }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constant('decide' as const),
        on,
        status: fc.constantFrom('published' as const, 'refused' as const, 'deleted' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('erase' as const), reader }) },
  ),
  { maxLength: 40 },
)

const SOME: Act[] = [
  { act: 'write', reader: READERS[0]!, on: 0, name: 'Ann', text: 'Héllo 👩‍👩‍👧 “quoted”', held: false },
  { act: 'write', reader: READERS[1]!, on: 1, name: 'Ben', text: 'An answer', held: false },
  { act: 'write', reader: READERS[2]!, on: 0, name: 'Cat', text: 'Held', held: true },
  { act: 'edit', on: 1, text: 'changed' },
  { act: 'vote', reader: READERS[3]!, on: 0, vote: 'up' },
  { act: 'vote', reader: READERS[3]!, on: 1, vote: 'down' },
  { act: 'report', reader: READERS[4]!, on: 1, note: 'look' },
]
