import * as z from 'zod'
import { nameProblem } from '#lib/comments/validation.ts'
import {
  BAN_KINDS,
  BAN_TIMES,
  type BanTime,
  COMMENT_STATES,
  type Decision,
  DECISIONS,
} from '#lib/moderation/moderation.ts'
import { fill } from '#lib/i18n/messages.ts'
import { cleanName, hasStackedMarks } from '#lib/comments/names.ts'
import rules from '#messages/comment-rules.json' with { type: 'json' }
import words from '#messages/desk-refusals.json' with { type: 'json' }
import input from '#messages/input.json' with { type: 'json' }

/** UTF-16 units. */
const LONGEST_WORD = 100

const id = z.uuid(words.id).toLowerCase()

/** What the desk's forms carry. Anything else is refused, field by field. */
export const sessionInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('sign-in'),
      name: z
        .string(rules.noName)
        .refine((name) => !hasStackedMarks(name), input.piledUp)
        .transform(cleanName)
        .check((context) => {
          const message = nameProblem(context.value)
          if (message) context.issues.push({ code: 'custom', message, input: context.value })
        }),
      password: z.string(words.password).min(1, words.password),
    }),
    z.strictObject({ act: z.literal('sign-out') }),
  ],
  words.sessionAct,
)

/** Where the moderator was: on a page of the queue, or at one comment. */
const place = { after: id.optional(), at: id.optional() }

/** Each comment has a field of its own: `comment-` and its id, with the version that was seen. */
export const decisionsInput = z
  .object({
    act: z.enum(Object.keys(DECISIONS) as [Decision, ...Decision[]], words.decision),
    ...place,
  })
  .catchall(z.string(words.version).max(100, words.version))
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
        message: words.comments,
        path: ['comments'],
        input: rest,
      })
    return { act, after, at, comments }
  })

export const undoInput = z.strictObject({
  batch: id,
  from: z.literal('log', fill(input.orLeftOut, { value: 'log' })).optional(),
})

export const banInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('ban'),
      comment: id,
      kind: z.enum(BAN_KINDS, words.banKind),
      time: z.enum(Object.keys(BAN_TIMES) as [BanTime, ...BanTime[]], words.banTime),
    }),
    z.strictObject({ act: z.literal('unban'), ban: id }),
  ],
  words.banAct,
)

export const eraseInput = z.strictObject({
  comment: id,
  sure: z.literal('yes', words.sure),
})

export const settingsInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('comments'),
      comments: z.enum(COMMENT_STATES, words.commentState),
    }),
    z.strictObject({
      act: z.literal('words'),
      words: wordList(),
      /** The list as it was when the moderator began to write. */
      before: wordList(),
    }),
  ],
  words.settingsAct,
)

/** One a line. */
function wordList() {
  return z
    .string(input.text)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      error: input.oddCharacter,
    })
    .transform((text) => [...new Set(text.split('\n').flatMap((line) => line.trim() || []))])
    .refine((list) => list.every(({ length }) => length <= LONGEST_WORD), {
      error: fill(words.longWord, { limit: LONGEST_WORD }),
    })
}
