import type { Kysely } from 'kysely'
import type { Database } from '#lib/store/engine/schema.ts'

/** Holds a comment that needs a decision. */
export type PendingComment = {
  id: string
  name: string
  text: string
  /** UTC milliseconds. */
  createdAt: number
  /** UTC milliseconds of the last report, or of the edit or creation of a held comment. */
  pendingSince: number
  /** Why it is held; null when it is published. */
  holdReason: string | null
  /** Reasons of the open reports, each once. */
  reportReasons: string[]
}

/** Most open reports that are read, the newest. */
const MAX_REPORTS = 1_000

/** Reads at most `most` comments that are held or reported, the last to become so first. */
export async function readPending(db: Kysely<Database>, most: number): Promise<PendingComment[]> {
  const held = await select(db)
    .where('status', '=', 'held')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const reports = await db
    .selectFrom('reports')
    .select(['comment', 'reason', 'created_at'])
    .where('resolved_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(MAX_REPORTS)
    .execute()
  const ids = [...new Set(reports.map(({ comment }) => comment))].slice(0, most)
  const shown =
    ids.length === 0
      ? []
      : await select(db).where('status', '=', 'published').where('id', 'in', ids).execute()
  return [...held, ...shown]
    .map(({ id, name, text, status, reason, ...row }) => {
      const own = reports.filter(({ comment }) => comment === id)
      const times = own.map((report) => report.created_at)
      const isHeld = status === 'held'
      return {
        id,
        name,
        text,
        createdAt: row.created_at,
        pendingSince: Math.max(...times, isHeld ? (row.edited_at ?? row.created_at) : 0),
        holdReason: isHeld ? (reason ?? '') : null,
        reportReasons: [...new Set(own.map((report) => report.reason))].sort(),
      }
    })
    .sort((a, b) => b.pendingSince - a.pendingSince || (a.id < b.id ? 1 : -1))
    .slice(0, most)
}

function select(db: Kysely<Database>) {
  return db
    .selectFrom('comments')
    .select(['id', 'name', 'text', 'status', 'reason', 'created_at', 'edited_at'])
}
