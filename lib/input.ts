import * as z from 'zod'
import { nameProblem, textProblem } from '#lib/comment-rules.ts'
import { NOTE_LIMIT, REPORT_REASONS, SORTS } from '#lib/comments.ts'
import { cleanName, isPiledUp } from '#lib/names.ts'

/** Of the form that something was sent by. */
const token = z.string('Must be the token of a form.').max(2_000, 'Must be the token of a form.')

const id = z.uuid('Must be the id of a comment.').toLowerCase()
const text = z.string('Please write a comment.').check(ruled(textProblem))

/** What a request may carry. Anything else is refused, field by field. */
export const voteInput = z.strictObject({
  vote: z.enum(['up', 'down', 'none'], 'Must be "up", "down" or "none".'),
  /** A form on the comments page asks to come back there. */
  from: z.literal('comments', 'Must be "comments" or left out.').optional(),
  /** Without it, the vote is on the story. */
  comment: id.optional(),
  token: token.optional(),
})

export const commentInput = z.strictObject({
  name: z
    .string('Please write your name.')
    // Before anything is composed: that takes time with the square of marks on one letter.
    .check(ruled(pileProblem))
    .transform(cleanName)
    .check(ruled(nameProblem)),
  text,
  parent: id.optional(),
  key: z.uuid('Must be a UUID.').toLowerCase().optional(),
  token: token.optional(),
  /** Nobody sees this field: who fills it in is a machine. */
  topic: z.string().optional(),
  /** A moderator posts it in the author's name, from the desk. */
  as: z.literal('author', 'Must be "author" or left out.').optional(),
})

export const editInput = z.strictObject({ text })

export const deleteInput = z.strictObject({})

export const erasureInput = z.strictObject({
  confirm: z.literal('yes', 'Please tick the box first: what is erased cannot be brought back.'),
})

/** What is to be seen as it will look, by the form it stands in; its other fields are of no account. */
const preview = z.looseObject({ act: z.literal('preview'), text })

export const commentsInput = z.discriminatedUnion(
  'act',
  [preview, commentInput.extend({ act: z.undefined().optional() })],
  'Must be "preview" or left out.',
)

/** A form can only be posted: it says what it does. */
export const editForm = z.discriminatedUnion(
  'act',
  [
    preview,
    z.strictObject({ act: z.literal('edit'), text }),
    z.strictObject({ act: z.literal('delete') }),
  ],
  'Must be "edit", "delete" or "preview".',
)

export const reportInput = z.strictObject({
  reason: z.enum(REPORT_REASONS, 'Please say what is wrong.'),
  note: z
    .string('Must be text.')
    .max(NOTE_LIMIT, `The most is ${NOTE_LIMIT} characters.`)
    .refine((note) => !note.includes('\0') && note.isWellFormed(), {
      error: 'This holds a character that cannot be kept. Please remove it.',
    })
    .default(''),
  token: token.optional(),
})

/** For a route that takes no query. */
export const noQuery = z.strictObject({})

export const liveQuery = z.strictObject({
  /** The id of the event to go on from. */
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'Must be the id of an event.')
    .transform(Number)
    .optional(),
})

export const commentsQuery = z.strictObject({
  sort: z.enum(SORTS, 'Must be "newest", "oldest" or "best".').optional(),
  after: z.uuid('Must be the "next" of the page before.').toLowerCase().optional(),
  /** The comment to begin at. */
  page: id.optional(),
})

function pileProblem(name: string): string | undefined {
  if (isPiledUp(name))
    return 'The name has too many marks on one letter. Please write it with fewer.'
}

function ruled(problem: (value: string) => string | undefined) {
  return (context: z.core.ParsePayload<string>) => {
    const message = problem(context.value)
    if (message) context.issues.push({ code: 'custom', message, input: context.value })
  }
}
