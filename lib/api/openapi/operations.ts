import * as z from 'zod'
import * as responseSchemas from '#lib/api/openapi/response-schemas.ts'
import {
  banInput,
  decisionsInput,
  eraseInput,
  sessionInput,
  settingsInput,
  undoInput,
} from '#lib/api/moderation-input.ts'
import {
  commentInput,
  commentsQuery,
  deleteInput,
  editForm,
  editInput,
  erasureInput,
  healthQuery,
  liveQuery,
  previewInput,
  reportInput,
  voteInput,
} from '#lib/api/input.ts'

/** The body of a response: JSON of this schema, or a text of this media type. */
export type Answer = z.ZodType | `${string}/${string}`

/** A method of a path: what it takes, and how it is answered. */
export type Operation = {
  summary: string
  query?: z.ZodObject
  body?: z.ZodType
  /** The status of success; 200 where it is missing. */
  status?: number
  /** The body of success; without one the answer only redirects. */
  answer?: Answer
  /** The media type of a stream that is an answer as well. */
  stream?: 'text/event-stream'
  /** The body of a 200 where the request asks for a preview. */
  preview?: Answer
  /** Whether it is only for moderators who are signed in. */
  forModerators?: boolean
  /** The statuses of refusals. */
  refusals: number[]
}

/** The statuses with which any operation that reads the data may be refused. */
const READS = [400, 414, 422, 429, 503]

/** The statuses with which any operation that changes something may be refused. */
const CHANGES = [400, 403, 413, 414, 415, 422, 429, 503]

/** The operations that other programs may use, by path and method. */
export const operations: Record<string, Record<string, Operation>> = {
  '/api/votes': {
    get: {
      summary: 'The votes on the story, and the reader’s own',
      answer: responseSchemas.tally,
      refusals: READS,
    },
    post: {
      summary:
        'Sets the reader’s vote on the story or on a comment; the same again changes nothing',
      body: voteInput,
      answer: responseSchemas.tally,
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/views': {
    post: {
      summary: 'Counts the reader’s view, once a day',
      answer: responseSchemas.views,
      refusals: [403, 414, 429, 503],
    },
  },
  '/api/comments': {
    get: {
      summary: 'Comments, from one on or after one',
      query: commentsQuery,
      answer: responseSchemas.comments,
      refusals: [...READS, 404],
    },
    post: {
      summary:
        'Writes a comment; the same key again never doubles it. Or shows how a text will look',
      body: z.union([commentInput, previewInput]),
      status: 201,
      answer: responseSchemas.comment,
      preview: responseSchemas.preview,
      refusals: [...CHANGES, 409],
    },
  },
  '/api/comments/{id}': {
    get: {
      summary: 'One comment',
      answer: responseSchemas.comment,
      refusals: [...READS, 404],
    },
    patch: {
      summary: 'Gives it other words: its writer, for 15 minutes',
      body: editInput,
      answer: responseSchemas.comment,
      refusals: [...CHANGES, 404, 409],
    },
    post: {
      summary: 'What PATCH and DELETE do, for a form, or shows how a text will look',
      body: editForm,
      answer: z.union([responseSchemas.comment, deleteInput, responseSchemas.preview]),
      refusals: [...CHANGES, 404, 409],
    },
    delete: {
      summary: 'Deletes it: its writer, for 15 minutes. Answers with its place when that stays',
      answer: z.union([responseSchemas.comment, deleteInput]),
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/comments/{id}/reports': {
    post: {
      summary: 'Reports it to the publisher',
      body: reportInput,
      status: 201,
      answer: responseSchemas.reported,
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/erasure': {
    post: {
      summary: 'Erases all of the reader’s own',
      body: erasureInput,
      answer: responseSchemas.erased,
      refusals: CHANGES,
    },
  },
  '/api/challenge': {
    get: {
      summary: 'A challenge of ALTCHA, of which a token is made',
      answer: responseSchemas.challenge,
      refusals: READS,
    },
  },
  '/api/live': {
    get: {
      summary: 'Votes, views and comments as they change; once, with Accept: application/json',
      query: liveQuery,
      answer: responseSchemas.liveChange,
      stream: 'text/event-stream',
      refusals: READS,
    },
  },
  '/api/health': {
    get: {
      summary: 'Whether the process answers (live), or can do its work (ready)',
      query: healthQuery,
      answer: responseSchemas.health,
      refusals: [400, 414, 422, 503],
    },
  },
  '/api/moderation/session': {
    post: {
      summary: 'Signs in at the desk, with a cookie, or out',
      body: sessionInput,
      status: 303,
      refusals: [...CHANGES, 401, 404],
    },
  },
  '/api/moderation/decisions': {
    post: moderatorOperation('Decides on comments', decisionsInput, 409),
  },
  '/api/moderation/undo': {
    post: moderatorOperation('Undoes what was decided at once', undoInput, 409),
  },
  '/api/moderation/bans': {
    post: moderatorOperation('Bans a reader or a network, or ends a ban', banInput, 404, 409),
  },
  '/api/moderation/erasures': {
    post: moderatorOperation('Erases all that the writer of a comment left', eraseInput, 404),
  },
  '/api/moderation/settings': {
    post: moderatorOperation(
      'Opens or closes the comments, or changes the words that are held',
      settingsInput,
    ),
  },
  '/comments.atom': {
    get: {
      summary: 'The newest comments, at most 50',
      answer: 'application/atom+xml',
      refusals: [414, 429, 503],
    },
  },
}

/** Describes a form of moderators, which is answered with a redirect to the page where its effect is seen. */
function moderatorOperation(summary: string, body: z.ZodType, ...refusals: number[]): Operation {
  return {
    summary,
    body,
    status: 303,
    forModerators: true,
    refusals: [...CHANGES, 401, ...refusals],
  }
}
