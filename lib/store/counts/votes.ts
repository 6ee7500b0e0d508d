import { type Kysely, sql } from 'kysely'
import { CLOCK_TOLERANCE, type Limit, type Limits, type Refusal } from '#lib/settings/limits.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import {
  admit,
  type FirstAction,
  newReaderLimits,
  type RateLimit,
  TOKEN_LIMIT,
} from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals, total } from '#lib/store/counts/totals.ts'
import { wilsonScore, type Tally, type Vote } from '#lib/votes.ts'

const VALUES = { up: 1, down: -1, none: 0 } as const
/** Stands for the story in the column that otherwise names the comment voted on. */
export const STORY = ''

/** Reads the votes on the story, and the reader's own. */
export async function readTally(db: Kysely<Database>, reader?: string): Promise<Tally> {
  const row = await db
    .selectFrom('tally')
    .select([total('up'), total('down')])
    .select((query) =>
      query
        .selectFrom('votes')
        .select('value')
        .where('reader', '=', reader ?? '')
        .where('comment', '=', STORY)
        .as('value'),
    )
    .executeTakeFirstOrThrow()
  return { up: row.up, down: row.down, mine: sideOf(row.value) }
}

export type NewVote = {
  reader: string
  /** Hashes of the voter's networks under the key of bans. */
  banNetworks?: string[] | undefined
  vote: Vote
  /** Id of the comment voted on; without it, the vote is on the story. */
  comment?: string | undefined
  first?: FirstAction | undefined
  /** Id of the form whose proof of work it uses, which is valid once. */
  token?: string | undefined
}

/**
 * Sets votes; of several by one reader on one thing the last counts. The upsert compares the new value
 * with the stored one, so that repeated votes change nothing, however many arrive together.
 *
 * @returns for each, in order, the tally after all of them, or why it was refused; undefined when its
 *   comment is not published. `own_comment`: the voter wrote it
 */
export async function setVotes(
  { db, limits }: StoreContext,
  votes: NewVote[],
): Promise<(Tally | Refusal | { problem: 'own_comment' } | undefined)[]> {
  return db.transaction().execute(async (transaction) => {
    const writers = await findWriters(transaction, votes)
    const isOwn = ({ comment = STORY, reader }: NewVote) => writers.get(comment) === reader
    // A vote from when it was not refused can be taken back.
    const isRefused = (vote: NewVote) => vote.vote !== 'none' && isOwn(vote)
    const known = votes.filter((vote) => writers.has(vote.comment ?? STORY) && !isRefused(vote))
    const refused = await admit(transaction, known, voteLimits(limits))
    const refusals = new Map(known.map((vote, index) => [vote, refused[index]]))
    const admitted = known.filter((vote) => !refusals.get(vote))
    const { tallies, mine, waits } = await setValues(transaction, admitted, limits.votes)
    return votes.map((vote) => {
      if (!writers.has(vote.comment ?? STORY)) return
      if (isRefused(vote)) return { problem: 'own_comment' }
      const retryAfter = waits.get(keyOf(vote))
      return (
        refusals.get(vote) ??
        (retryAfter === undefined
          ? { ...tallies.get(vote.comment ?? STORY)!, mine: mine.get(keyOf(vote))! }
          : { limit: 'votes', retryAfter })
      )
    })
  })
}

/** Finds who wrote what may be voted on: the story, and the comments of these votes that are published. */
async function findWriters(
  db: Kysely<Database>,
  votes: NewVote[],
): Promise<Map<string, string | undefined>> {
  const ids = [...new Set(votes.flatMap(({ comment }) => comment ?? []))]
  if (ids.length === 0) return new Map([[STORY, undefined]])
  const published = await db
    .selectFrom('comments')
    .select(['id', 'reader'])
    .where('id', 'in', ids)
    .where('status', '=', 'published')
    .execute()
  return new Map([[STORY, undefined], ...published.map(({ id, reader }) => [id, reader] as const)])
}

function voteLimits(limits: Limits): RateLimit<NewVote>[] {
  return [
    ...newReaderLimits(limits),
    {
      kind: 'commentVotes',
      limit: limits.commentVotes,
      subjects: ({ reader, comment }) => (comment === undefined ? [] : [reader]),
    },
    TOKEN_LIMIT,
  ]
}

type Counts = Pick<Tally, 'up' | 'down'>

/**
 * @returns the tallies by comment, and by `keyOf` each reader's vote and the seconds until it may change
 *   when it was changed too often
 */
async function setValues(
  db: Kysely<Database>,
  votes: NewVote[],
  { most, window }: Limit,
): Promise<{
  tallies: Map<string, Counts>
  mine: Map<string, Tally['mine']>
  waits: Map<string, number>
}> {
  const since = Date.now()
  const last = new Map(votes.map((vote) => [keyOf(vote), vote]))
  // Every process locks rows in this order, so that two never wait for each other.
  const rows = [...last]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { reader, comment = STORY, vote }]) => {
      return { reader, comment, value: VALUES[vote], since, changes: 1 }
    })
  const isOver = sql`votes.since <= excluded.since - ${sql.lit(window)}
    or votes.since > excluded.since + ${sql.lit(CLOCK_TOLERANCE)}`
  const changed = await (rows.length === 0
    ? []
    : executeCompiled(db, 'set votes', rows.flatMap(Object.values), () =>
        db
          .insertInto('votes')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['reader', 'comment'])
              .doUpdateSet({
                previous: sql`votes.value`,
                value: sql`excluded.value`,
                since: sql`case when ${isOver} then excluded.since else votes.since end`,
                changes: sql`case when ${isOver} then 1 else votes.changes + 1 end`,
              })
              .whereRef('votes.value', '!=', 'excluded.value')
              .where(sql<boolean>`(${isOver} or votes.changes < ${sql.lit(most)})`),
          )
          .returning(['reader', 'comment', 'value', 'previous']),
      ))

  const changes = new Map(rows.map(({ comment }) => [comment, { up: 0, down: 0 }]))
  for (const { comment, value, previous } of changed) {
    const change = changes.get(comment)!
    change.up += Number(value === 1) - Number(previous === 1)
    change.down += Number(value === -1) - Number(previous === -1)
  }
  return {
    tallies: await countVotes(db, changes),
    mine: new Map(rows.map((row) => [keyOf(row), sideOf(row.value)])),
    waits: await findWaits(db, rows, new Set(changed.map(keyOf)), window),
  }
}

/**
 * Adds to the votes of comments and of the story (`STORY`). Every transaction locks rows in this order:
 * comments, the newest first, then the tally.
 *
 * @returns the counts after it, by comment
 */
export async function countVotes(
  db: Kysely<Database>,
  changes: Map<string, Counts>,
): Promise<Map<string, Counts>> {
  const tallies = new Map<string, Counts>()
  for (const [comment, { up, down }] of [...changes].sort(([a], [b]) => (a > b ? -1 : 1))) {
    if (comment === STORY) {
      await addTotals(db, { up, down })
      const [story] = await executeCompiled(db, 'count votes', [], () =>
        db.selectFrom('tally').select([total('up'), total('down')]),
      )
      tallies.set(comment, story!)
      continue
    }
    const added = { up: sql<number>`up + ${up}`, down: sql<number>`down + ${down}` }
    const tally = await db
      .updateTable('comments')
      .set(added)
      .where('id', '=', comment)
      .returning(['up', 'down'])
      .executeTakeFirstOrThrow()
    tallies.set(comment, tally)
    if (up !== 0 || down !== 0)
      await db
        .updateTable('comments')
        .set({ score: wilsonScore(tally), changed_at: Date.now() })
        .where('id', '=', comment)
        .execute()
  }
  return tallies
}

type Row = { reader: string; comment: string; value: number }

/** Finds the votes that were changed too often, with the seconds until they may change again. */
async function findWaits(
  db: Kysely<Database>,
  rows: Row[],
  changed: Set<string>,
  window: number,
): Promise<Map<string, number>> {
  const unchanged = rows.filter((row) => !changed.has(keyOf(row)))
  if (unchanged.length === 0) return new Map()
  const wanted = new Map(unchanged.map((row) => [keyOf(row), row.value]))
  const stored = await db
    .selectFrom('votes')
    .select(['reader', 'comment', 'value', 'since'])
    .where('reader', 'in', [...new Set(unchanged.map(({ reader }) => reader))])
    .where('comment', 'in', [...new Set(unchanged.map(({ comment }) => comment))])
    .execute()
  const wait = (since: number) =>
    Math.max(1, Math.ceil(Math.min(window, since + window - Date.now()) / 1_000))
  return new Map(
    stored
      .filter((row) => wanted.has(keyOf(row)) && wanted.get(keyOf(row)) !== row.value)
      .map((row) => [keyOf(row), wait(row.since)]),
  )
}

function keyOf({ reader, comment = STORY }: { reader: string; comment?: string | undefined }) {
  return `${reader} ${comment}`
}

function sideOf(value: number | null): Tally['mine'] {
  return value === 1 ? 'up' : value === -1 ? 'down' : null
}
