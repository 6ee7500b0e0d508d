import * as z from 'zod'
import { nameProblem, textProblem } from '#lib/comments/validation.ts'
import { NOTE_LIMIT, REPORT_REASONS, SORTS } from '#lib/comments/comment.ts'
import { fill } from '#lib/i18n/messages.ts'
import { cleanName, hasStackedMarks } from '#lib/comments/names.ts'
import rules from '#messages/comment-rules.json' with { type: 'json' }
import words from '#messages/input.json' with { type: 'json' }

/** Of the form that something was sent by. */
const token = z.string(words.token).max(2_000, words.token)

const id = z.uuid(words.commentId).toLowerCase()
const text = z.string(rules.noComment).check(ruled(textProblem))

/** What a request may carry. Anything else is refused, field by field. */
export const voteInput = z.strictObject({
  vote: z.enum(['up', 'down', 'none'], words.vote),
  /** A form on the comments page asks to come back there. */
  from: z.literal('comments', orLeftOut('comments')).optional(),
  /** Without it, the vote is on the story. */
  comment: id.optional(),
  token: token.optional(),
})

export const commentInput = z.strictObject({
  name: z
    .string(rules.noName)
    // Before anything is composed: that takes time with the square of marks on one letter.
    .check(ruled(pileProblem))
    .transform(cleanName)
    .check(ruled(nameProblem)),
  text,
  parent: id.optional(),
  key: z.uuid(words.uuid).toLowerCase().optional(),
  token: token.optional(),
  /** Nobody sees this field: who fills it in is a machine. */
  topic: z.string().optional(),
  /** A moderator posts it in the author's name, from the desk. */
  as: z.literal('author', orLeftOut('author')).optional(),
})

export const editInput = z.strictObject({ text })

export const deleteInput = z.strictObject({})

export const erasureInput = z.strictObject({
  confirm: z.literal('yes', words.tickFirst),
})

/** What is to be seen as it will look, by the form it stands in; its other fields are of no account. */
export const previewInput = z.looseObject({ act: z.literal('preview'), text })

export const commentsInput = z.discriminatedUnion(
  'act',
  [previewInput, commentInput.extend({ act: z.undefined().optional() })],
  orLeftOut('preview'),
)

/** A form can only be posted: it says what it does. */
export const editForm = z.discriminatedUnion(
  'act',
  [
    previewInput,
    z.strictObject({ act: z.literal('edit'), text }),
    z.strictObject({ act: z.literal('delete') }),
  ],
  words.editAct,
)

export const reportInput = z.strictObject({
  reason: z.enum(REPORT_REASONS, words.reason),
  note: z
    .string(words.text)
    .max(NOTE_LIMIT, fill(words.noteLimit, { limit: NOTE_LIMIT }))
    .refine((note) => !note.includes('\0') && note.isWellFormed(), {
      error: words.oddCharacter,
    })
    .default(''),
  token: token.optional(),
})

/** For a route that takes no query. */
export const noQuery = z.strictObject({})

export const healthQuery = z.strictObject({
  /** Whether the process answers, or whether it can do its work, as without it. */
  check: z.enum(['live', 'ready'], 'Must be "live" or "ready".').optional(),
})

export const liveQuery = z.strictObject({
  /** The id of the event to go on from. */
  since: z
    .string()
    .regex(/^\d{1,15}$/, words.event)
    .transform(Number)
    .optional(),
})

export const commentsQuery = z.strictObject({
  sort: z.enum(SORTS, words.sort).optional(),
  after: z.uuid(words.next).toLowerCase().optional(),
  /** The comment to begin at. */
  page: id.optional(),
})

/** Tells whether a value is a UUID, as the ids of comments are. */
export function isId(value: unknown): value is string {
  return id.safeParse(value).success
}

function orLeftOut(value: string): string {
  return fill(words.orLeftOut, { value })
}

function pileProblem(name: string): string | undefined {
  if (hasStackedMarks(name)) return words.piledUp
}

function ruled(problem: (value: string) => string | undefined) {
  return (context: z.core.ParsePayload<string>) => {
    const message = problem(context.value)
    if (message) context.issues.push({ code: 'custom', message, input: context.value })
  }
}
