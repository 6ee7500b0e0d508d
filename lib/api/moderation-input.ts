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
import { token } from '#lib/api/input.ts'
import { fill } from '#lib/i18n/messages.ts'
import { cleanName, hasStackedMarks } from '#lib/comments/names.ts'
import rules from '#messages/comment-rules.json' with { type: 'json' }
import messages from '#messages/desk-refusals.json' with { type: 'json' }
import inputMessages from '#messages/input.json' with { type: 'json' }

/** Longest word of the list of held words, in UTF-16 units. */
const LONGEST_WORD = 100

const id = z.uuid(messages.id).toLowerCase()

/** The body of POST /api/moderation/session. All schemas here refuse fields that they do not name. */
export const sessionInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('sign-in'),
      name: z
        .string(rules.noName)
        .refine((name) => !hasStackedMarks(name), inputMessages.piledUp)
        .transform(cleanName)
        .check((context) => {
          const message = nameProblem(context.value)
          if (message) context.issues.push({ code: 'custom', message, input: context.value })
        }),
      password: z.string(messages.password).min(1, messages.password),
      /** Empty where the browser has made no proof of work. */
      token: token.optional(),
    }),
    z.strictObject({ act: z.literal('sign-out') }),
  ],
  messages.sessionAct,
)

/** The page to go back to: a page of the queue after a comment, or one comment. */
const returnTo = { after: id.optional(), at: id.optional() }

/**
 * The body of POST /api/moderation/decisions. Each comment has a field of its own: `comment-` and its id,
 * with the version that the moderator saw.
 */
export const decisionsInput = z
  .object({
    act: z.enum(Object.keys(DECISIONS) as [Decision, ...Decision[]], messages.decision),
    ...returnTo,
  })
  .catchall(z.string(messages.version).max(100, messages.version))
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
        message: messages.comments,
        path: ['comments'],
        input: rest,
      })
    return { act, after, at, comments }
  })

/** The body of POST /api/moderation/undo. */
export const undoInput = z.strictObject({
  batch: id,
  from: z.literal('log', fill(inputMessages.orLeftOut, { value: 'log' })).optional(),
})

/** The body of POST /api/moderation/bans. */
export const banInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('ban'),
      comment: id,
      kind: z.enum(BAN_KINDS, messages.banKind),
      time: z.enum(Object.keys(BAN_TIMES) as [BanTime, ...BanTime[]], messages.banTime),
    }),
    z.strictObject({ act: z.literal('unban'), ban: id }),
  ],
  messages.banAct,
)

/** The body of POST /api/moderation/erasures. */
export const eraseInput = z.strictObject({
  comment: id,
  sure: z.literal('yes', messages.sure),
})

/** The body of POST /api/moderation/settings. */
export const settingsInput = z.discriminatedUnion(
  'act',
  [
    z.strictObject({
      act: z.literal('comments'),
      comments: z.enum(COMMENT_STATES, messages.commentState),
    }),
    z.strictObject({
      act: z.literal('words'),
      words: wordList(),
      /** The list as it was when the moderator began to write. */
      before: wordList(),
    }),
  ],
  messages.settingsAct,
)

/** Makes the schema of a list with one word on each line, without empty lines and repetitions. */
function wordList() {
  return z
    .string(inputMessages.text)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      error: inputMessages.oddCharacter,
    })
    .transform((text) => [...new Set(text.split('\n').flatMap((line) => line.trim() || []))])
    .refine((list) => list.every(({ length }) => length <= LONGEST_WORD), {
      error: fill(messages.longWord, { limit: LONGEST_WORD }),
    })
}
