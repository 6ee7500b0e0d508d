import * as z from 'zod'

// The bodies of responses, for `/openapi.json`: what a client may rely on.
const id = z.uuid().describe('UUIDv7')
const time = z.int().describe('Milliseconds since 1970, in UTC')
const count = z.int().min(0)

export const error = z
  .strictObject({
    error: z.strictObject({
      code: z.string().describe('A stable word'),
      message: z.string().describe('A sentence for the reader'),
      fields: z
        .record(z.string(), z.string())
        .optional()
        .describe('A sentence for each wrong field'),
    }),
  })
  .meta({ id: 'Error' })

export const tally = z
  .strictObject({
    up: count,
    down: count,
    mine: z.enum(['up', 'down']).nullable().describe('The asking reader’s own'),
  })
  .meta({ id: 'Tally' })

/** A node of a comment's tree; `type` says which kind of node it is. */
export const commentNode: z.ZodType = z
  .union([
    z.string(),
    z.strictObject({ type: z.literal('break') }),
    z.strictObject({ type: z.enum(['code', 'codeBlock']), text: z.string() }),
    z.strictObject({
      type: z.enum(['paragraph', 'emphasis', 'strong', 'quote', 'item']),
      children: z.array(z.lazy(() => commentNode)),
    }),
    z.strictObject({
      type: z.literal('list'),
      start: z.int().nullable(),
      children: z.array(z.lazy(() => commentNode)),
    }),
    z.strictObject({
      type: z.literal('link'),
      address: z.string(),
      children: z.array(z.lazy(() => commentNode)),
    }),
  ])
  .meta({ id: 'CommentNode' })

const status = z.enum(['published', 'held', 'refused', 'deleted'])

export const comment = z
  .strictObject({
    id,
    parent: z.strictObject({ id, name: z.string() }).nullable().describe('What it answers'),
    depth: count.describe('How far in it is drawn'),
    name: z.string(),
    text: z.string().describe('Markdown, as it was written'),
    body: z.array(commentNode).describe('The tree that is shown'),
    createdAt: time,
    editedAt: time.nullable(),
    status: status.describe('Its writer sees one that is held or refused'),
    byAuthor: z.boolean().describe('The author of the story wrote it'),
    votes: tally,
    mine: z.boolean().describe('The asking reader wrote it'),
  })
  .meta({ id: 'Comment' })

export const comments = z
  .strictObject({
    comments: z.array(comment).max(50),
    total: count,
    next: id.nullable().describe('Where the next page goes on: `after`'),
    outcomes: z
      .array(z.strictObject({ id, status: z.enum(['published', 'refused', 'deleted']) }))
      .describe('What became of the reader’s own that were decided on'),
    closed: z.boolean(),
    readAt: time,
  })
  .meta({ id: 'Comments' })

export const preview = z.object({ body: z.array(commentNode) }).meta({ id: 'Preview' })

export const views = z.strictObject({ views: count }).meta({ id: 'Views' })

export const erased = z.strictObject({ comments: count, votes: count }).meta({ id: 'Erased' })

export const challenge = z
  .object({ parameters: z.looseObject({ algorithm: z.string() }), signature: z.string() })
  .meta({ id: 'Challenge', description: 'Of ALTCHA' })

export const liveChange = z
  .strictObject({
    id: z.int().describe('To go on from: `since`'),
    up: count,
    down: count,
    views: count,
    total: count.describe('Published comments'),
    comments: z.array(
      z.union([comment, z.strictObject({ id, status: status.exclude(['published']) })]),
    ),
    reload: z.literal(true).optional().describe('More has changed than is told here'),
  })
  .meta({ id: 'LiveChange' })

export const health = z.strictObject({ status: z.enum(['live', 'ready']) }).meta({ id: 'Health' })

export const reported = z.strictObject({ reported: z.literal(true) }).meta({ id: 'Reported' })
