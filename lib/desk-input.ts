import * as z from 'zod'
import { nameProblem } from '#lib/comment-rules.ts'
import {
  BAN_KINDS,
  BAN_TIMES,
  type BanTime,
  COMMENT_STATES,
  type Decision,
  DECISIONS,
} from '#lib/moderation.ts'
import { cleanName, isPiledUp } from '#lib/names.ts'

/** UTF-16 units. */
const LONGEST_WORD = 100

const id = z.uuid('Must be an id.').toLowerCase()

/** What the desk's forms carry. Anything else is refused, field by field. */
export const sessionInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('sign-in'),
      name: z
        .string('Please write your name.')
        .refine((name) => !isPiledUp(name), 'The name has too many marks on one letter.')
        .transform(cleanName)
        .check((context) => {
          const message = nameProblem(context.value)
          if (message) context.issues.push({ code: 'custom', message, input: context.value })
        }),
      password: z.string('Please write the password.').min(1, 'Please write the password.'),
    }),
    z.strictObject({ act: z.literal('sign-out') }),
  ],
  'Must be "sign-in" or "sign-out".',
)

/** Where the moderator was: on a page of the queue, or at one comment. */
const place = { after: id.optional(), at: id.optional() }

const VERSION = 'Must be the version that the queue told.'

/** Each comment has a field of its own: `comment-` and its id, with the version that was seen. */
export const decisionsInput = z
  .object({
    act: z.enum(Object.keys(DECISIONS) as [Decision, ...Decision[]], 'Please say what to do.'),
    ...place,
  })
  .catchall(z.string(VERSION).max(100, VERSION))
  .transform(({ act, after, at, ...rest }, context) => {
    const comments = Object.entries(rest).map(([field, seen]) => {
      const comment = id.safeParse(field.replace(/^comment-/, ''))
      if (!comment.success || !field.startsWith('comment-'))
        context.issues.push({ code: 'unrecognized_keys', keys: [field], input: rest })
      return { id: String(comment.data), seen }
    })
    if (comments.length === 0)
      context.issues.push({
        code: 'custom',
        message: 'Please choose a comment.',
        path: ['comments'],
        input: rest,
      })
    return { act, after, at, comments }
  })

export const undoInput = z.strictObject({
  batch: id,
  from: z.literal('log', 'Must be "log" or left out.').optional(),
})

export const banInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('ban'),
      comment: id,
      kind: z.enum(BAN_KINDS, 'Please choose the reader or the network.'),
      time: z.enum(Object.keys(BAN_TIMES) as [BanTime, ...BanTime[]], 'Please choose how long.'),
    }),
    z.strictObject({ act: z.literal('unban'), ban: id }),
  ],
  'Must be "ban" or "unban".',
)

export const eraseInput = z.strictObject({
  comment: id,
  sure: z.literal('yes', 'Please tick that you are sure: nothing brings it back.'),
})

export const settingsInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('comments'),
      comments: z.enum(COMMENT_STATES, 'Please choose one.'),
    }),
    z.strictObject({
      act: z.literal('words'),
      words: wordList(),
      /** The list as it was when the moderator began to write. */
      before: wordList(),
    }),
  ],
  'Must be "comments" or "words".',
)

/** One a line. */
function wordList() {
  return z
    .string('Must be text.')
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      error: 'This holds a character that cannot be kept. Please remove it.',
    })
    .transform((text) => [...new Set(text.split('\n').flatMap((line) => line.trim() || []))])
    .refine((words) => words.every(({ length }) => length <= LONGEST_WORD), {
      error: `A word or phrase may have at most ${LONGEST_WORD} characters.`,
    })
}
