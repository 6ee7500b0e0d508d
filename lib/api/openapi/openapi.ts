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
  deleteInput,
  editForm,
  editInput,
  erasureInput,
  previewInput,
  reportInput,
  voteInput,
} from '#lib/api/input.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { type Answer, type Operation, operations } from '#lib/api/openapi/operations.ts'

/** The bodies of requests by their names in the document, which has each once. */
const bodies = {
  Vote: voteInput,
  NewComment: commentInput,
  PreviewRequest: previewInput,
  Edit: editInput,
  Deletion: deleteInput,
  Report: reportInput,
  Erasure: erasureInput,
  CommentForm: editForm,
  DeskSession: sessionInput,
  Decisions: decisionsInput,
  Undo: undoInput,
  Ban: banInput,
  ErasureByModerator: eraseInput,
  DeskSettings: settingsInput,
}

/** Makes the OpenAPI 3.1 document out of the schemas that check requests. */
export function makeOpenApi(): object {
  const registry = z.registry<{ id: string }>()
  const schemas = Object.values(responseSchemas).map(
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
    typeof answer === 'string'
      ? { [answer]: { schema: { type: 'string' } } }
      : { 'application/json': { schema: schemaOf(answer) } }
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
    servers: [{ url: siteOrigin() || '/' }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(
        Object.entries(made.schemas).map(([id, schema]) => [id, plain(schema)]),
      ),
      securitySchemes: {
        desk: {
          type: 'apiKey',
          in: 'cookie',
          name: 'desk',
          description: 'From signing in; over https its name is __Host-desk',
        },
      },
      responses: {
        Refusal: {
          description: 'A refusal',
          content: {
            'application/json': { schema: { $ref: refTo('Error') } },
            // A form's: the page that shows it again, or a sentence.
            'text/html': { schema: { type: 'string' } },
            'text/plain': { schema: { type: 'string' } },
          },
        },
      },
    },
  }
}

const LOCATION = { location: { description: 'Where it is seen', schema: { type: 'string' } } }
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }

function refTo(id: string): string {
  return `#/components/schemas/${id}`
}

/** Removes the dialect and the name from a schema that is part of a document. */
function plain(schema: object): object {
  const { $schema: _, $id: __, id: ___, ...rest } = schema as Record<string, unknown>
  return rest
}

function describe(
  path: string,
  method: string,
  operation: Operation,
  schemaOf: (schema: z.ZodType) => object,
  content: (answer: Answer) => object,
): object {
  const {
    summary,
    query,
    body,
    status = 200,
    answer,
    stream,
    preview,
    forModerators,
    refusals,
  } = operation
  const shape = Object.entries(query?.shape ?? {})
  return {
    operationId: `${method} ${path}`.replace(/[^a-z]+/gi, '-').replace(/-$/, ''),
    summary,
    ...(forModerators && { security: [{ desk: [] }] }),
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
      ...(preview && { 200: { description: 'A preview', content: content(preview) } }),
      ...(body && { 303: { description: 'Done, for a form', headers: LOCATION } }),
      [status]: answer
        ? { description: 'Done', content: { ...content(answer), ...(stream && content(stream)) } }
        : { description: 'Done', headers: LOCATION },
      ...Object.fromEntries(
        refusals.map((code) => [code, { $ref: '#/components/responses/Refusal' }]),
      ),
    },
  }
}
