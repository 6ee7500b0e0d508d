import type { Kysely } from 'kysely'
import type { Limits, Refusal } from '#lib/limits.ts'
import { addDeliveries } from '#lib/store/deliveries.ts'
import {
  admit,
  type FirstAct,
  newReaderStages,
  type Stage,
  TOKEN_STAGE,
} from '#lib/store/quotas.ts'
import type { Database } from '#lib/store/schema.ts'

export type NewReport = {
  comment: string
  reader: string
  /** The hash of the reader's network under the key of bans. */
  origin?: string | undefined
  reason: string
  note: string
  first?: FirstAct | undefined
  token?: string | undefined
}

/**
 * Keeps a reader's report on a comment: the last one. Nothing when the comment is not shown.
 *
 * @param tells whether the webhook is to be told, when no other report on it waits
 */
export async function addReport(
  db: Kysely<Database>,
  report: NewReport,
  limits: Limits,
  tells: boolean,
): Promise<{ reported: true } | Refusal | undefined> {
  return db.transaction().execute(async (transaction) => {
    const shown = await transaction
      .selectFrom('comments')
      .select('id')
      .where('id', '=', report.comment)
      .where('status', '=', 'published')
      .executeTakeFirst()
    if (!shown) return
    const [refusal] = await admit(transaction, [report], reportStages(limits))
    if (refusal) return refusal
    const { comment, reader, reason, note } = report
    if (tells && !(await hasReports(transaction, comment)))
      await addDeliveries(transaction, 'comment.reported', [{ id: comment, reason }])
    await transaction
      .insertInto('reports')
      .values({ comment, reader, reason, note, created_at: Date.now() })
      .onConflict((conflict) =>
        conflict.columns(['comment', 'reader']).doUpdateSet({ reason, note }),
      )
      .execute()
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

function reportStages(limits: Limits): Stage<NewReport>[] {
  return [
    ...newReaderStages(limits),
    { kind: 'reports', limit: limits.reports, subject: ({ reader }) => reader },
    TOKEN_STAGE,
  ]
}
