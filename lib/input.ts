import * as z from 'zod'
import { nameProblem, textProblem } from '#lib/comments.ts'
import { cleanName, isPiledUp } from '#lib/names.ts'

/** Of the form that something was sent by. */
const token = z.string('Must be the token of a form.').max(2_000, 'Must be the token of a form.')

/** What a request may carry. Anything else is refused, field by field. */
export const voteInput = z.strictObject({
  vote: z.enum(['up', 'down', 'none'], 'Must be "up", "down" or "none".'),
  /** A form on the comments page asks to come back there. */
  from: z.literal('comments', 'Must be "comments" or left out.').optional(),
  token: token.optional(),
})

export const commentInput = z.strictObject({
  name: z
    .string('Please write your name.')
    // Before anything is composed: that takes time with the square of marks on one letter.
    .check(ruled(pileProblem))
    .transform(cleanName)
    .check(ruled(nameProblem)),
  text: z.string('Please write a comment.').check(ruled(textProblem)),
  key: z.uuid('Must be a UUID.').toLowerCase().optional(),
  token: token.optional(),
  /** Nobody sees this field: who fills it in is a machine. */
  topic: z.string().optional(),
})

/** For a route that takes no query. */
export const noQuery = z.strictObject({})

export const commentsQuery = z.strictObject({
  after: z.uuid('Must be the "next" of the page before.').optional(),
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
