import * as z from 'zod'
import * as answers from '#lib/answers.ts'
import {
  commentInput,
  commentsQuery,
  deleteInput,
  editInput,
  erasureInput,
  healthQuery,
  liveQuery,
  previewInput,
  reportInput,
  voteInput,
} from '#lib/input.ts'

type Answer = { schema: z.ZodType; type?: string } | { type: string } | undefined
type Operation = {
  summary: string
  query?: z.ZodObject
  body?: z.ZodType
  /** Of the answer that says yes. */
  status?: number
  answer: Answer
  /** The statuses of refusals. */
  refusals: number[]
}

/** Named, so that the document says each once. */
const bodies = {
  Vote: voteInput,
  NewComment: commentInput,
  PreviewRequest: previewInput,
  Edit: editInput,
  Deletion: deleteInput,
  Report: reportInput,
  Erasure: erasureInput,
}

/** What any operation with a body, or that changes something, may be refused with. */
const CHANGES = [400, 403, 413, 415, 422, 429, 503]

const FEED = 'application/atom+xml'
const operations: Record<string, Record<string, Operation>> = {
  '/api/votes': {
    get: {
      summary: 'The votes on the story, and the reader’s own',
      answer: { schema: answers.tally },
      refusals: [422, 503],
    },
    post: {
      summary:
        'Sets the reader’s vote on the story or on a comment; the same again changes nothing',
      body: voteInput,
      answer: { schema: answers.tally },
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/views': {
    post: {
      summary: 'Counts the reader’s view, once a day',
      answer: { schema: answers.views },
      refusals: [403, 503],
    },
  },
  '/api/comments': {
    get: {
      summary: 'Comments, from one on or after one',
      query: commentsQuery,
      answer: { schema: answers.comments },
      refusals: [404, 422, 503],
    },
    post: {
      summary:
        'Writes a comment; the same key again never doubles it. Or shows how a text will look',
      body: z.union([commentInput, previewInput]),
      status: 201,
      answer: { schema: answers.comment },
      refusals: [...CHANGES, 409],
    },
  },
  '/api/comments/{id}': {
    get: {
      summary: 'One comment',
      answer: { schema: answers.comment },
      refusals: [404, 422, 503],
    },
    patch: {
      summary: 'Gives it other words: its writer, for 15 minutes',
      body: editInput,
      answer: { schema: answers.comment },
      refusals: [...CHANGES, 404, 409],
    },
    delete: {
      summary: 'Deletes it: its writer, for 15 minutes. Answers with its place when that stays',
      answer: { schema: z.union([answers.comment, deleteInput]) },
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/comments/{id}/reports': {
    post: {
      summary: 'Reports it to the publisher',
      body: reportInput,
      status: 201,
      answer: { schema: answers.reported },
      refusals: [...CHANGES, 404, 409],
    },
  },
  '/api/erasure': {
    post: {
      summary: 'Erases all of the reader’s own',
      body: erasureInput,
      answer: { schema: answers.erased },
      refusals: CHANGES,
    },
  },
  '/api/challenge': {
    get: {
      summary: 'A challenge of ALTCHA, of which a token is made',
      answer: { schema: answers.challenge },
      refusals: [422, 503],
    },
  },
  '/api/live': {
    get: {
      summary: 'Votes, views and comments as they change; once, with Accept: application/json',
      query: liveQuery,
      answer: { schema: answers.liveChange },
      refusals: [422, 429, 503],
    },
  },
  '/api/health': {
    get: {
      summary: 'Whether the process answers (live), or can do its work (ready)',
      query: healthQuery,
      answer: { schema: answers.health },
      refusals: [422, 503],
    },
  },
  '/comments.atom': {
    get: { summary: 'The newest 50 comments', answer: { type: FEED }, refusals: [503] },
  },
}

/** OpenAPI 3.1, made of the schemas that check requests. */
export function makeOpenApi(): object {
  const registry = z.registry<{ id: string }>()
  const schemas = Object.values(answers).map(
    (schema) => [String(schema.meta()!.id), schema] as const,
  )
  const named = new Map<z.ZodType, string>()
  for (const [id, schema] of [...Object.entries(bodies), ...schemas]) {
    registry.add(schema, { id })
    named.set(schema, id)
  }
  const settings = { io: 'input', unrepresentable: 'any' } as const
  const made = z.toJSONSchema(registry, { ...settings, uri: refTo })
  const schemaOf = (schema: z.ZodType): object => {
    const id = named.get(schema)
    if (id) return { $ref: refTo(id) }
    if (schema instanceof z.ZodUnion)
      return { anyOf: (schema.options as z.ZodType[]).map(schemaOf) }
    return plain(z.toJSONSchema(schema, settings))
  }
  const content = (answer: Answer) =>
    answer && 'schema' in answer
      ? { 'application/json': { schema: schemaOf(answer.schema) } }
      : { [answer!.type!]: { schema: { type: 'string' } } }
  const paths = Object.entries(operations).map(([path, methods]) => [
    path,
    {
      ...(path.includes('{id}') && { parameters: [ID] }),
      ...Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [
          method,
          describe(path, method, operation, schemaOf, content),
        ]),
      ),
    },
  ])
  return {
    openapi: '3.1.1',
    info: {
      title: 'Broadside',
      version: '1',
      description:
        'What the pages of a Broadside use, and other programs may; docs/interface.md says more. What changes something must come from a page of the site: Sec-Fetch-Site, else Origin. A form with the same fields is answered with 303 to where its effect is seen.',
    },
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(
        Object.entries(made.schemas).map(([id, schema]) => [id, plain(schema)]),
      ),
      responses: {
        Refusal: {
          description: 'A refusal',
          content: { 'application/json': { schema: { $ref: refTo('Error') } } },
        },
      },
    },
  }
}

const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }

function refTo(id: string): string {
  return `#/components/schemas/${id}`
}

/** A part of a document says neither its dialect nor its name. */
function plain(schema: object): object {
  const { $schema: _, $id: __, id: ___, ...rest } = schema as Record<string, unknown>
  return rest
}

function describe(
  path: string,
  method: string,
  { summary, query, body, status = 200, answer, refusals }: Operation,
  schemaOf: (schema: z.ZodType) => object,
  content: (answer: Answer) => object,
): object {
  const shape = Object.entries((query?.shape ?? {}) as Record<string, z.ZodType>)
  return {
    operationId: `${method} ${path}`.replace(/[^a-z]+/gi, '-').replace(/-$/, ''),
    summary,
    ...(shape.length > 0 && {
      parameters: shape.map(([name, schema]) => ({ name, in: 'query', schema: schemaOf(schema) })),
    }),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          ['application/json', 'application/x-www-form-urlencoded'].map((type) => [
            type,
            { schema: schemaOf(body) },
          ]),
        ),
      },
    }),
    responses: {
      ...(path === '/api/comments' &&
        method === 'post' && {
          200: { description: 'A preview', content: content({ schema: answers.preview }) },
        }),
      [status]: { description: 'Done', content: content(answer) },
      ...(body && { 303: { description: 'Done, for a form' } }),
      ...Object.fromEntries(
        refusals.map((code) => [code, { $ref: '#/components/responses/Refusal' }]),
      ),
    },
  }
}
