import * as z from 'zod'
import { cleanText } from '#lib/comments/clean-text.ts'
import { nameProblem, textProblem } from '#lib/comments/validation.ts'
import { NOTE_LIMIT, REPORT_REASONS, SORTS } from '#lib/comments/comment.ts'
import { fill } from '#lib/i18n/messages.ts'
import { cleanName, hasStackedMarks } from '#lib/comments/names.ts'
import rules from '#messages/comment-rules.json' with { type: 'json' }
import messages from '#messages/input.json' with { type: 'json' }

/** The token of the form that the body was sent by; see `lib/api/challenge.ts`. */
export const token = z.string(messages.token).max(2_000, messages.token)

const id = z.uuid(messages.commentId).toLowerCase()
const text = z.string(rules.noComment).transform(cleanText).check(checkedBy(textProblem))

/** The body of POST /api/votes. All schemas here refuse fields that they do not name. */
export const voteInput = z.strictObject({
  vote: z.enum(['up', 'down', 'none'], messages.vote),
  /** A form on the comments page asks to come back there. */
  from: z.literal('comments', orLeftOut('comments')).optional(),
  /** Without it, the vote is on the story. */
  comment: id.optional(),
  token: token.optional(),
})

/** The body of POST /api/comments. */
export const commentInput = z.strictObject({
  name: z
    .string(rules.noName)
    // Checked before it is normalized, which takes time with the square of the marks on one letter.
    .check(checkedBy(stackedMarksProblem))
    .transform(cleanName)
    .check(checkedBy(nameProblem)),
  text,
  parent: id.optional(),
  key: z.uuid(messages.uuid).toLowerCase().optional(),
  token: token.optional(),
  /** A honeypot: people do not see this field, so that only machines fill it in. */
  topic: z.string().optional(),
  /** Set where a moderator posts in the author's name. */
  as: z.literal('author', orLeftOut('author')).optional(),
})

/** The body of PATCH /api/comments/[id]. */
export const editInput = z.strictObject({ text })

/** The body of DELETE /api/comments/[id], where there is one. */
export const deleteInput = z.strictObject({})

/** The body of POST /api/erasure. */
export const erasureInput = z.strictObject({
  confirm: z.literal('yes', messages.tickFirst),
})

/** A form whose text is to be previewed; its other fields do not matter. */
export const previewInput = z.looseObject({ act: z.literal('preview'), text })

/** The body of POST /api/comments: a new comment, or a text to preview. */
export const commentsInput = z.discriminatedUnion(
  'act',
  [previewInput, commentInput.extend({ act: z.undefined().optional() })],
  orLeftOut('preview'),
)

/** The body of POST /api/comments/[id]: forms cannot send PATCH and DELETE, so that `act` says which. */
export const editForm = z.discriminatedUnion(
  'act',
  [
    previewInput,
    z.strictObject({ act: z.literal('edit'), text }),
    z.strictObject({ act: z.literal('delete') }),
  ],
  messages.editAct,
)

/** The body of POST /api/comments/[id]/reports. */
export const reportInput = z.strictObject({
  reason: z.enum(REPORT_REASONS, messages.reason),
  note: z
    .string(messages.text)
    .overwrite(cleanText)
    .max(NOTE_LIMIT, fill(messages.noteLimit, { limit: NOTE_LIMIT }))
    .refine((note) => !note.includes('\0') && note.isWellFormed(), {
      error: messages.oddCharacter,
    })
    .default(''),
  token: token.optional(),
})

/** The query of a route that takes none. */
export const noQuery = z.strictObject({})

/** The query of GET /api/health. */
export const healthQuery = z.strictObject({
  /** `live`: the process answers; `ready`, the default: it can do its work. */
  check: z.enum(['live', 'ready'], 'Must be "live" or "ready".').optional(),
})

/** The query of GET /api/live. */
export const liveQuery = z.strictObject({
  /** The id of the last event that the client has. */
  since: z
    .string()
    .regex(/^\d{1,15}$/, messages.event)
    .transform(Number)
    .optional(),
})

/** The query of GET /api/comments. */
export const commentsQuery = z.strictObject({
  sort: z.enum(SORTS, messages.sort).optional(),
  after: z.uuid(messages.next).toLowerCase().optional(),
  /** The comment to begin at. */
  page: id.optional(),
})

/** Tells whether a value is a UUID, as the ids of comments are. */
export function isId(value: unknown): value is string {
  return id.safeParse(value).success
}

function orLeftOut(value: string): string {
  return fill(messages.orLeftOut, { value })
}

function stackedMarksProblem(name: string): string | undefined {
  if (hasStackedMarks(name)) return messages.piledUp
}

function checkedBy(problem: (value: string) => string | undefined) {
  return (context: z.core.ParsePayload<string>) => {
    const message = problem(context.value)
    if (message) context.issues.push({ code: 'custom', message, input: context.value })
  }
}
