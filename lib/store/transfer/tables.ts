import { FORM_KEY } from '#lib/comments/comment.ts'
import { type RecordOf, RECORDS, type RecordType } from '#lib/records.ts'
import type { Database } from '#lib/store/engine/schema.ts'

type Exported<Table extends keyof Database> = {
  /** The `type` of its records. */
  type: RecordType
  /** Columns of the key, by which records are ordered. */
  key: (keyof Database[Table] & string)[]
  /** SQL that is read in place of the table. */
  from?: string
  /** SQL condition of the rows that are exported, if not all are. */
  only?: string
  /** Columns that are not exported, each with the reason. */
  without: Partial<Record<keyof Database[Table], string>>
}

/** Tells for every table, in the order of an export, how it is exported, or why it is not. */
export const TABLES: { [Table in keyof Database]: Exported<Table> | string } = {
  tally: {
    type: 'story',
    key: ['shard'],
    from: '(select 0 as shard, cast(sum(views) as bigint) as views from tally) as totals',
    without: {
      shard: 'the line is the sum of all',
      up: 'counted from the votes',
      down: 'counted from the votes',
      comments: 'counted from the comments',
    },
  },
  erasures: { type: 'erasure', key: ['reader_hash'], without: {} },
  comments: {
    type: 'comment',
    key: ['id'],
    without: {
      root: 'follows from the parents',
      path: 'follows from the parents',
      up: 'counted from the votes',
      down: 'counted from the votes',
      score: 'follows from the votes',
      replies: 'counted from the comments',
      network: 'a mark of an address, kept for a day',
    },
  },
  votes: {
    type: 'vote',
    key: ['reader', 'comment'],
    without: {
      previous: 'serves one statement alone',
      changes: 'a limit of the minute',
    },
  },
  reports: { type: 'report', key: ['comment', 'reader'], without: {} },
  acts: { type: 'act', key: ['id'], without: {} },
  // Bans of networks have hashes under a key that is not exported.
  bans: { type: 'ban', key: ['id'], only: `kind = 'reader'`, without: {} },
  desk: { type: 'setting', key: ['name'], without: {} },
  sessions: 'of those who are signed in at this store',
  deliveries: 'on their way for a day at most',
  quotas: 'limits of the hour, in part made of addresses',
  viewers: 'hashes of addresses, deleted with the day',
  secrets: 'whoever has them is anyone',
}

/** Returns the columns that records of a type have. */
export const columnsOf = (type: RecordType): string[] =>
  Object.keys(RECORDS[type].shape).filter((name) => name !== 'type')

/** Replaces a key that was made of an address, which may not be kept longer than a day. */
export function withoutFormKey(comment: RecordOf<'comment'>): RecordOf<'comment'> {
  return comment.key.startsWith(FORM_KEY) ? { ...comment, key: comment.id } : comment
}
