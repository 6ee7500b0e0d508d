import * as z from 'zod'
import { AUDIT_ACTIONS } from '#lib/moderation/moderation.ts'

/** The first line of an export; `docs/export.md` says what follows it. */
export const HEADER = { format: 'broadside', version: 1 } as const

const count = z.int('must be a whole number').min(0, 'must not be negative')
/** Milliseconds, as far as a `Date` goes. */
const time = count.max(8_640_000_000_000_000, 'must be a time in milliseconds')
const id = z
  .uuid('must be a comment ID')
  .refine((value) => value === value.toLowerCase(), 'must be in lower case')
const kept = (most: number, least = 0) =>
  z
    .string('must be text')
    .min(least, 'must not be empty')
    .max(most, `must not be longer than ${most}`)
    .refine(
      (text) => !text.includes('\0') && text.isWellFormed(),
      'contains a character that cannot be saved',
    )

const status = z.enum(
  ['published', 'held', 'refused', 'deleted'],
  'must be published, held, refused or deleted',
)

/** The lines of an export by their `type`, with the names that the tables' columns have. */
export const RECORDS = {
  story: z.strictObject({ type: z.literal('story'), views: count }),
  erasure: z.strictObject({
    type: z.literal('erasure'),
    reader_hash: z.string().regex(/^[\da-f]{64}$/, 'must be a SHA-256'),
    erased_at: time,
  }),
  comment: z
    .strictObject({
      type: z.literal('comment'),
      id,
      parent: id.nullable(),
      reader: kept(200),
      key: kept(200, 1),
      name: kept(4_096),
      text: kept(65_536),
      created_at: time,
      edited_at: time.nullable(),
      changed_at: time,
      status,
      decided_at: time.nullable(),
      reason: kept(200).nullable(),
      words: kept(200).nullable(),
      by_author: z.union([z.literal(0), z.literal(1)], 'must be 0 or 1'),
      /** Missing in files from before December 2026. */
      was_public: z.union([z.literal(0), z.literal(1)], 'must be 0 or 1').optional(),
    })
    .refine(
      ({ status, name, text }) => status === 'deleted' || (name !== '' && text !== ''),
      'must have a name and a text',
    ),
  vote: z.strictObject({
    type: z.literal('vote'),
    reader: kept(200, 1),
    comment: z.union([id, z.literal('')], 'must be a comment ID, or empty for the story'),
    value: z.union([z.literal(1), z.literal(0), z.literal(-1)], 'must be 1, 0 or -1'),
    since: time,
  }),
  report: z.strictObject({
    type: z.literal('report'),
    comment: id,
    reader: kept(200, 1),
    reason: kept(200, 1),
    note: kept(4_096),
    created_at: time,
    resolved_at: time.nullable(),
  }),
  act: z.strictObject({
    type: z.literal('act'),
    id,
    batch: id,
    act: z.enum(AUDIT_ACTIONS, 'must be a moderation action'),
    moderator: kept(4_096, 1),
    created_at: time,
    comment: id.nullable(),
    turn: count.nullable(),
    before: status.nullable(),
    after: status.nullable(),
    decided_before: time.nullable(),
    detail: kept(1_000_000),
    undone_at: time.nullable(),
  }),
  ban: z.strictObject({
    type: z.literal('ban'),
    id,
    kind: z.literal('reader', 'must be "reader"'),
    subject: kept(200, 1),
    comment: id,
    moderator: kept(4_096, 1),
    created_at: time,
    expires: time,
  }),
  setting: z.strictObject({
    type: z.literal('setting'),
    name: z.enum(['comments', 'words'], 'must be "comments" or "words"'),
    value: kept(1_000_000),
  }),
}

export type RecordType = keyof typeof RECORDS
export type RecordOf<Type extends RecordType> = z.infer<(typeof RECORDS)[Type]>
export type DataRecord = { [Type in RecordType]: RecordOf<Type> }[RecordType]

/**
 * A line of an export, checked.
 *
 * @throws an error that names what is wrong, without repeating what readers wrote
 */
export function readRecord(value: unknown): DataRecord {
  const type = (value as { type?: unknown } | null)?.type
  if (typeof type !== 'string' || !Object.hasOwn(RECORDS, type))
    throw new Error(`"type" must be one of ${Object.keys(RECORDS).join(', ')}`)
  const checked = RECORDS[type as RecordType].safeParse(value)
  if (checked.success) return checked.data
  const problems = checked.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `it has fields that a ${type} does not have`
      : `"${String(issue.path[0] ?? type)}" ${issue.message}`,
  )
  throw new Error(problems.join('; '))
}
