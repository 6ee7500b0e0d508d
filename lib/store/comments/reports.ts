import { type Kysely, sql } from 'kysely'
import type { Limits, Refusal } from '#lib/settings/limits.ts'
import { addDeliveries } from '#lib/store/webhook-queue.ts'
import type { StoreContext } from '#lib/store/context.ts'
import {
  admit,
  type FirstAction,
  newReaderLimits,
  type RateLimit,
  TOKEN_LIMIT,
} from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'

export type NewReport = {
  comment: string
  reader: string
  /** Hashes of the reader's networks under the key of bans. */
  banNetworks?: string[] | undefined
  reason: string
  note: string
  first?: FirstAction | undefined
  /** Id of the form it was sent by, which is valid once. */
  token?: string | undefined
}

/**
 * Stores a reader's report on a comment in place of their earlier one.
 *
 * @returns why it was refused, `own_comment` where its writer reports it; undefined when the comment is not
 *   published
 */
export async function addReport(
  { db, limits, hasWebhook }: StoreContext,
  report: NewReport,
): Promise<{ reported: true } | Refusal | { problem: 'own_comment' } | undefined> {
  return db.transaction().execute(async (transaction) => {
    const published = await transaction
      .selectFrom('comments')
      .select(['reader', 'edited_at'])
      .where('id', '=', report.comment)
      .where('status', '=', 'published')
      .executeTakeFirst()
    if (!published) return
    if (published.reader === report.reader) return { problem: 'own_comment' }
    const [refusal] = await admit(transaction, [report], reportLimits(limits))
    if (refusal) return refusal
    const { comment, reader, reason, note } = report
    const isFirst = !(await hasReports(transaction, comment))
    const now = Date.now()
    // A report that was decided on is opened again only if the text was edited since.
    const edited = published.edited_at ?? 0
    const { resolved_at } = await transaction
      .insertInto('reports')
      .values({ comment, reader, reason, note, created_at: now })
      .onConflict((conflict) =>
        conflict.columns(['comment', 'reader']).doUpdateSet({
          reason,
          note,
          created_at: sql`case when reports.resolved_at < ${edited} then ${now} else reports.created_at end`,
          resolved_at: sql`case when reports.resolved_at < ${edited} then null else reports.resolved_at end`,
        }),
      )
      .returning('resolved_at')
      .executeTakeFirstOrThrow()
    if (hasWebhook && isFirst && resolved_at === null)
      await addDeliveries(transaction, 'comment.reported', [{ id: comment, reason }])
    return { reported: true }
  })
}

async function hasReports(db: Kysely<Database>, comment: string): Promise<boolean> {
  const open = await db
    .selectFrom('reports')
    .select('comment')
    .where('comment', '=', comment)
    .where('resolved_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

function reportLimits(limits: Limits): RateLimit<NewReport>[] {
  return [
    ...newReaderLimits(limits),
    { kind: 'reports', limit: limits.reports, subjects: ({ reader }) => [reader] },
    TOKEN_LIMIT,
  ]
}
