import { type Insertable, type Kysely, sql } from 'kysely'
import type { DataRecord, RecordOf, RecordType } from '#lib/records.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { readErasures, replayErasures } from '#lib/store/comments/erase.ts'
import { type OmittedComment, CommentImporter } from '#lib/store/transfer/import-comments.ts'
import { ImportReport } from '#lib/store/transfer/import-report.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals, readTotals } from '#lib/store/counts/totals.ts'
import { STORY } from '#lib/store/counts/votes.ts'
import { wilsonScore } from '#lib/votes.ts'

/** One entry of an imported file: a record, or a comment that is left out but may have replies. */
export type ImportedRecord = DataRecord | OmittedComment

const BATCH = 500

/**
 * Adds the records that the store does not have, all or nothing. Existing rows stay as they are, so that
 * a second import changes nothing. Comments may come before their parents.
 *
 * @param dryRun rolls everything back, and reports what would have been added
 */
export async function importRecords(
  { db, engine }: StoreContext,
  records: AsyncIterable<ImportedRecord>,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<ImportReport> {
  const report = new ImportReport()
  const nothing = new Error('a dry run')
  try {
    // On a connection of its own nothing is retried: the records can be read only once.
    await db.connection().execute((connection) =>
      connection.transaction().execute(async (transaction) => {
        if (engine === 'postgres') await lockTables(transaction)
        await addRecords(transaction, records, report)
        if (dryRun) throw nothing
      }),
    )
  } catch (error) {
    if (error !== nothing) throw error
  }
  return report
}

/**
 * Locks the tables in the order in which votes and comments write them. Counts of every row may change,
 * and row locks in another order could deadlock. Databases without table locks roll one of two
 * conflicting transactions back; then nothing was imported, and the import can be repeated.
 */
async function lockTables(transaction: Kysely<Database>): Promise<void> {
  await sql`savepoint locking`.execute(transaction)
  try {
    await sql`lock table quotas, votes, comments, reports, tally in exclusive mode`.execute(
      transaction,
    )
  } catch (error) {
    if (!isUnsupported(error)) throw error
    await sql`rollback to savepoint locking`.execute(transaction)
  }
}

/** Recognises databases without table locks: CockroachDB and older YugabyteDB. */
function isUnsupported(error: unknown): boolean {
  return ['0A000', '42601'].includes((error as NodeJS.ErrnoException).code ?? '')
}

async function addRecords(
  db: Kysely<Database>,
  records: AsyncIterable<ImportedRecord>,
  report: ImportReport,
): Promise<void> {
  const comments = new CommentImporter(db, report)
  let replayed = 0
  // Erasures are applied before other records, which may be of the same readers at a later time.
  const replay = async () => {
    const erased = report.added.get('erasure') ?? 0
    if (erased > replayed) await replayErasures(db)
    replayed = erased
  }
  for await (const batch of inBatches(records)) {
    if (batch[0]!.type !== 'erasure') await replay()
    switch (batch[0]!.type) {
      case 'omitted':
      case 'comment':
        await comments.add(batch as (RecordOf<'comment'> | OmittedComment)[])
        break
      case 'vote':
        await comments.finish()
        await addVotes(db, batch as RecordOf<'vote'>[], report)
        break
      case 'report':
        await comments.finish()
        await addReports(db, batch as RecordOf<'report'>[], report)
        break
      case 'erasure':
        await addErasures(db, batch as RecordOf<'erasure'>[], report)
        break
      case 'act':
        await addActs(db, batch as RecordOf<'act'>[], report)
        break
      case 'ban':
        await addBans(db, batch as RecordOf<'ban'>[], report)
        break
      case 'setting':
        await insertNew(
          db,
          'desk',
          'setting',
          (batch as RecordOf<'setting'>[]).map(withoutType),
          report,
        )
        break
      case 'story':
        for (const { views } of batch as RecordOf<'story'>[])
          await addTotals(db, { views: Math.max(0, views - (await readTotals(db)).views) })
    }
  }
  await comments.finish()
  await replay()
}

/** Groups consecutive records of one type. */
async function* inBatches(
  records: AsyncIterable<ImportedRecord>,
): AsyncGenerator<ImportedRecord[]> {
  const kindOf = ({ type }: ImportedRecord) => (type === 'omitted' ? 'comment' : type)
  let batch: ImportedRecord[] = []
  for await (const record of records) {
    const isOther = batch[0] && kindOf(batch[0]) !== kindOf(record)
    if (isOther || batch.length === BATCH) {
      yield batch
      batch = []
    }
    batch.push(record)
  }
  if (batch.length > 0) yield batch
}

async function addVotes(
  db: Kysely<Database>,
  votes: RecordOf<'vote'>[],
  report: ImportReport,
): Promise<void> {
  const rows = (await withoutErased(db, votes, ({ since }) => since, report)).map(withoutType)
  if (rows.length === 0) return
  const added = await db
    .insertInto('votes')
    .values(rows.map((row) => ({ ...row, changes: 1 })))
    .onConflict((conflict) => conflict.doNothing())
    .returning(['comment', 'value'])
    .execute()
  report.count('vote', added.length, rows.length)
  const moves = new Map<string, { up: number; down: number }>()
  for (const { comment, value } of added) {
    const move = moves.get(comment) ?? { up: 0, down: 0 }
    if (value === 1) move.up++
    if (value === -1) move.down++
    moves.set(comment, move)
  }
  await addVoteCounts(db, moves)
}

/**
 * Adds to the votes of comments and of the story in few statements, because a file may have a million
 * votes; `changed_at` stays. Without the lists of ids SQLite would read the whole table each time.
 */
async function addVoteCounts(
  db: Kysely<Database>,
  moves: Map<string, { up: number; down: number }>,
): Promise<void> {
  const { up = 0, down = 0 } = moves.get(STORY) ?? {}
  await addTotals(db, { up, down })
  moves.delete(STORY)
  if (moves.size === 0) return
  const { rows: tallies } = await sql<{ id: string; up: number; down: number }>`
    with moved (id, up, down) as (values ${sql.join(
      [...moves].map(
        ([id, { up, down }]) =>
          sql`(cast(${id} as text), cast(${up} as bigint), cast(${down} as bigint))`,
      ),
    )}) update comments set up = comments.up + moved.up, down = comments.down + moved.down
      from moved where comments.id = moved.id
      and comments.id in (select id from moved)
      returning comments.id, comments.up, comments.down`.execute(db)
  await sql`with scored (id, score) as (values ${sql.join(
    tallies.map(
      ({ id, ...tally }) =>
        sql`(cast(${id} as text), cast(${wilsonScore(tally)} as double precision))`,
    ),
  )}) update comments set score = scored.score from scored
    where comments.id = scored.id
      and comments.id in (select id from scored)`.execute(db)
}

async function addReports(
  db: Kysely<Database>,
  reports: RecordOf<'report'>[],
  report: ImportReport,
): Promise<void> {
  const rows = (await withoutErased(db, reports, ({ created_at }) => created_at, report)).map(
    withoutType,
  )
  if (rows.length > 0) await insertNew(db, 'reports', 'report', rows, report)
}

async function addBans(
  db: Kysely<Database>,
  bans: RecordOf<'ban'>[],
  report: ImportReport,
): Promise<void> {
  const isErased = await readErasures(
    db,
    bans.map(({ subject }) => subject),
  )
  const there = await findExisting(
    db,
    bans.map(({ comment }) => comment),
  )
  const rows = bans
    .filter((ban) => !isErased(ban.subject, ban.created_at) && there.has(ban.comment))
    .map(withoutType)
  if (rows.length > 0) await insertNew(db, 'bans', 'ban', rows, report)
}

async function addErasures(
  db: Kysely<Database>,
  erasures: RecordOf<'erasure'>[],
  report: ImportReport,
): Promise<void> {
  await insertNew(db, 'erasures', 'erasure', erasures.map(withoutType), report)
}

/** Inserts rows of which the store has no row with the same key. */
async function insertNew<Table extends 'acts' | 'bans' | 'desk' | 'erasures' | 'reports'>(
  db: Kysely<Database>,
  table: Table,
  type: RecordType,
  rows: Insertable<Database[Table]>[],
  report: ImportReport,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto(table as 'erasures')
    .values(rows as Insertable<Database['erasures']>[])
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  report.count(type, Number(numInsertedOrUpdatedRows), rows.length)
}

/** Adds entries of the audit log, but those about comments that were erased. */
async function addActs(
  db: Kysely<Database>,
  acts: RecordOf<'act'>[],
  report: ImportReport,
): Promise<void> {
  const there = await findExisting(
    db,
    acts.flatMap(({ comment }) => comment ?? []),
  )
  const rows = acts.filter(({ comment }) => comment === null || there.has(comment))
  if (rows.length > 0) await insertNew(db, 'acts', 'act', rows.map(withoutType), report)
}

/** Finds which of these comments the store has, without erased ones; it always includes the story. */
async function findExisting(db: Kysely<Database>, comments: string[]): Promise<Set<string>> {
  const ids = [...new Set(comments)]
  if (ids.length === 0) return new Set([STORY])
  const found = await db
    .selectFrom('comments')
    .select('id')
    .where('id', 'in', ids)
    .where('reader', '!=', '')
    .execute()
  return new Set([STORY, ...found.map(({ id }) => id)])
}

/** Leaves out what erased readers did, and what is about comments that the store does not have. */
async function withoutErased<Act extends { reader: string; comment: string }>(
  db: Kysely<Database>,
  acts: Act[],
  timeOf: (act: Act) => number,
  report: ImportReport,
): Promise<Act[]> {
  const isErased = await readErasures(
    db,
    acts.map(({ reader }) => reader),
  )
  const ids = [...new Set(acts.map(({ comment }) => comment))]
  const there = await findExisting(db, ids)
  return acts.filter((act) => {
    const { reader, comment } = act
    if (isErased(reader, timeOf(act))) report.leaveOut('by a reader who was erased')
    else if (!there.has(comment)) report.leaveOut('about a comment that does not exist')
    else return true
  })
}

function withoutType<Record extends DataRecord>(record: Record): Omit<Record, 'type'> {
  const { type: _type, ...row } = record
  return row
}
