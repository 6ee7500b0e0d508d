import * as z from 'zod'
import * as answers from '#lib/api/openapi/response-schemas.ts'
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

/** JSON of this schema, or a text of this media type. */
export type Answer = z.ZodType | `${string}/${string}`

/** What can be asked of an address, and how it is answered. */
export type Operation = {
  summary: string
  query?: z.ZodObject
  body?: z.ZodType
  /** Of the answer that says yes. */
  status?: number
  /** Without one it only says where to go on. */
  answer?: Answer
  /** What it is answered with as well, without an end. */
  stream?: 'text/event-stream'
  /** Answered with 200 where the body asks for how a text will look. */
  preview?: Answer
  /** Only for who is signed in at the desk. */
  forModerators?: boolean
  /** The statuses of refusals. */
  refusals: number[]
}

/** What any operation with a body, or that changes something, may be refused with. */
const CHANGES = [400, 403, 413, 415, 422, 429, 503]

/** By path and method: what other programs may use. */
export const operations: Record<string, Record<string, Operation>> = {
  '/api/votes': {
    get: {
      summary: 'The votes on the story, and the reader’s own',
      answer: answers.tally,
      refusals: [400, 422, 503],
    },
    post: {
      summary:
        'Sets the reader’s vote on the story or on a comment; the same again changes nothing',
      body: voteInput,
      answer: answers.tally,
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/views': {
    post: {
      summary: 'Counts the reader’s view, once a day',
      answer: answers.views,
      refusals: [403, 503],
    },
  },
  '/api/comments': {
    get: {
      summary: 'Comments, from one on or after one',
      query: commentsQuery,
      answer: answers.comments,
      refusals: [400, 404, 422, 503],
    },
    post: {
      summary:
        'Writes a comment; the same key again never doubles it. Or shows how a text will look',
      body: z.union([commentInput, previewInput]),
      status: 201,
      answer: answers.comment,
      preview: answers.preview,
      refusals: [...CHANGES, 409],
    },
  },
  '/api/comments/{id}': {
    get: {
      summary: 'One comment',
      answer: answers.comment,
      refusals: [400, 404, 422, 503],
    },
    patch: {
      summary: 'Gives it other words: its writer, for 15 minutes',
      body: editInput,
      answer: answers.comment,
      refusals: [...CHANGES, 404, 409],
    },
    post: {
      summary: 'What PATCH and DELETE do, for a form, or shows how a text will look',
      body: editForm,
      answer: z.union([answers.comment, deleteInput, answers.preview]),
      refusals: [...CHANGES, 404, 409],
    },
    delete: {
      summary: 'Deletes it: its writer, for 15 minutes. Answers with its place when that stays',
      answer: z.union([answers.comment, deleteInput]),
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/comments/{id}/reports': {
    post: {
      summary: 'Reports it to the publisher',
      body: reportInput,
      status: 201,
      answer: answers.reported,
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/erasure': {
    post: {
      summary: 'Erases all of the reader’s own',
      body: erasureInput,
      answer: answers.erased,
      refusals: CHANGES,
    },
  },
  '/api/challenge': {
    get: {
      summary: 'A challenge of ALTCHA, of which a token is made',
      answer: answers.challenge,
      refusals: [400, 422, 503],
    },
  },
  '/api/live': {
    get: {
      summary: 'Votes, views and comments as they change; once, with Accept: application/json',
      query: liveQuery,
      answer: answers.liveChange,
      stream: 'text/event-stream',
      refusals: [400, 422, 429, 503],
    },
  },
  '/api/health': {
    get: {
      summary: 'Whether the process answers (live), or can do its work (ready)',
      query: healthQuery,
      answer: answers.health,
      refusals: [400, 422, 503],
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
  '/api/moderation/decisions': { post: atDesk('Decides on comments', decisionsInput, 409) },
  '/api/moderation/undo': { post: atDesk('Undoes what was decided at once', undoInput, 409) },
  '/api/moderation/bans': {
    post: atDesk('Bans a reader or a network, or ends a ban', banInput, 404, 409),
  },
  '/api/moderation/erasures': {
    post: atDesk('Erases all that the writer of a comment left', eraseInput, 404),
  },
  '/api/moderation/settings': {
    post: atDesk('Opens or closes the comments, or changes the words that are held', settingsInput),
  },
  '/comments.atom': {
    get: {
      summary: 'The newest 50 comments',
      answer: 'application/atom+xml',
      refusals: [503],
    },
  },
}

/** What moderators' forms do: the answer leads to the page where it is seen. */
function atDesk(summary: string, body: z.ZodType, ...refusals: number[]): Operation {
  return {
    summary,
    body,
    status: 303,
    forModerators: true,
    refusals: [...CHANGES, 401, ...refusals],
  }
}
