import { type Kysely, sql } from 'kysely'
import type { Limit, Limits, Refusal } from '#lib/settings/limits.ts'
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
import { lowerBound, type Tally, type Vote } from '#lib/votes.ts'

const VALUES = { up: 1, down: -1, none: 0 } as const
/** What a vote on the story is kept under, where others have a comment's id. */
export const STORY = ''

/** The votes on the story. */
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
  /** The hash of the voter's network under the key of bans. */
  banNetworkHash?: string | undefined
  vote: Vote
  /** The id of the comment voted on; without it, the story. */
  comment?: string | undefined
  first?: FirstAction | undefined
  /** The id of the form whose proof of work is spent on it, good once. */
  token?: string | undefined
}

/**
 * Sets votes, each reader's last one, and answers for each with how things stand after all of them,
 * or why it was not set; with nothing when its comment is not shown. The upsert tells a new value from
 * an old one, so a repeat moves nothing however many arrive together.
 */
export async function setVotes(
  { db, limits }: StoreContext,
  votes: NewVote[],
): Promise<(Tally | Refusal | undefined)[]> {
  return db.transaction().execute(async (transaction) => {
    const shown = await findShown(transaction, votes)
    const known = votes.filter(({ comment = STORY }) => shown.has(comment))
    const refused = await admit(transaction, known, voteLimits(limits))
    const refusals = new Map(known.map((vote, index) => [vote, refused[index]]))
    const admitted = known.filter((vote) => !refusals.get(vote))
    const { tallies, mine, waits } = await setValues(transaction, admitted, limits.votes)
    return votes.map((vote) => {
      if (!shown.has(vote.comment ?? STORY)) return
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

/** What may be voted on of what these votes are on. */
async function findShown(db: Kysely<Database>, votes: NewVote[]): Promise<Set<string>> {
  const ids = [...new Set(votes.flatMap(({ comment }) => comment ?? []))]
  if (ids.length === 0) return new Set([STORY])
  const published = await db
    .selectFrom('comments')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '=', 'published')
    .execute()
  return new Set([STORY, ...published.map(({ id }) => id)])
}

function voteLimits(limits: Limits): RateLimit<NewVote>[] {
  return [
    ...newReaderLimits(limits),
    {
      kind: 'commentVotes',
      limit: limits.commentVotes,
      subject: ({ reader, comment }) => (comment === undefined ? undefined : reader),
    },
    TOKEN_LIMIT,
  ]
}

type Counts = Pick<Tally, 'up' | 'down'>

/** @returns by `keyOf`, where each vote stands, and the seconds to wait for those changed too often. */
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
  // In one order everywhere, so that two processes never wait for each other's rows.
  const rows = [...last]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { reader, comment = STORY, vote }]) => {
      return { reader, comment, value: VALUES[vote], since, changes: 1 }
    })
  const over = sql`votes.since <= excluded.since - ${sql.lit(window)}`
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
                since: sql`case when ${over} then excluded.since else votes.since end`,
                changes: sql`case when ${over} then 1 else votes.changes + 1 end`,
              })
              .whereRef('votes.value', '!=', 'excluded.value')
              .where(sql<boolean>`(${over} or votes.changes < ${sql.lit(most)})`),
          )
          .returning(['reader', 'comment', 'value', 'previous']),
      ))

  const moves = new Map(rows.map(({ comment }) => [comment, { up: 0, down: 0 }]))
  for (const { comment, value, previous } of changed) {
    const move = moves.get(comment)!
    move.up += Number(value === 1) - Number(previous === 1)
    move.down += Number(value === -1) - Number(previous === -1)
  }
  return {
    tallies: await countVotes(db, moves),
    mine: new Map(rows.map((row) => [keyOf(row), sideOf(row.value)])),
    waits: await findWaits(db, rows, new Set(changed.map(keyOf)), window),
  }
}

/** Adds to the totals in the order that every transaction keeps: comments, newest first, then the tally. */
export async function countVotes(
  db: Kysely<Database>,
  moves: Map<string, Counts>,
): Promise<Map<string, Counts>> {
  const tallies = new Map<string, Counts>()
  for (const [comment, { up, down }] of [...moves].sort(([a], [b]) => (a > b ? -1 : 1))) {
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
        .set({ score: lowerBound(tally), changed_at: Date.now() })
        .where('id', '=', comment)
        .execute()
  }
  return tallies
}

type Row = { reader: string; comment: string; value: number }

/** What was not changed stood so already, or has been changed too often: in how many seconds it may be. */
async function findWaits(
  db: Kysely<Database>,
  rows: Row[],
  changed: Set<string>,
  window: number,
): Promise<Map<string, number>> {
  const unchanged = rows.filter((row) => !changed.has(keyOf(row)))
  if (unchanged.length === 0) return new Map()
  const wanted = new Map(unchanged.map((row) => [keyOf(row), row.value]))
  const kept = await db
    .selectFrom('votes')
    .select(['reader', 'comment', 'value', 'since'])
    .where('reader', 'in', [...new Set(unchanged.map(({ reader }) => reader))])
    .where('comment', 'in', [...new Set(unchanged.map(({ comment }) => comment))])
    .execute()
  const wait = (since: number) => Math.max(1, Math.ceil((since + window - Date.now()) / 1_000))
  return new Map(
    kept
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
