import type * as z from 'zod'
import { RequestError } from '#lib/http/request-error.ts'
import { fill } from '#lib/i18n/messages.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/** Most bytes of a body, and of the decoded fields of a form. */
const BODY_LIMIT = 64 * 1024
/** Most bytes of a form on the wire, where its encoding may triple them. */
const FORM_LIMIT = 3 * BODY_LIMIT
/** Most fields of a body, several times what any form has: to parse 100,000 takes a third of a second. */
const MOST_FIELDS = 256
const FORM = 'application/x-www-form-urlencoded'
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i

/** Tells whether a request was sent by a form without script. */
export function isForm(request: Request): boolean {
  return mediaType(request) === FORM
}

/**
 * Reads the body of a JSON or form request, and checks it.
 *
 * @throws {RequestError} 400 unreadable, 413 over 64 KB or 256 fields, 415 another type, coding or charset, 422 with `fields`.
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const type = mediaType(request)
  if (type !== FORM && type !== 'application/json')
    throw new RequestError(415, 'unsupported_type', messages.unsupportedType)
  const coding = request.headers.get('content-encoding') ?? 'identity'
  if (coding !== 'identity')
    throw new RequestError(415, 'unsupported_coding', messages.unsupportedCoding)
  const [, charset = 'utf-8'] = CHARSET.exec(request.headers.get('content-type')!) ?? []
  if (!/^utf-?8$/i.test(charset))
    throw new RequestError(415, 'unsupported_charset', messages.unsupportedCharset)
  const text = type === FORM ? await readForm(request) : await readText(request, BODY_LIMIT)
  return check(schema, type === FORM ? parseForm(text) : parseJson(text))
}

/**
 * Reads the body of a form as it was sent, URL-encoded.
 *
 * @throws {RequestError} 400 no UTF-8, 413 over 192 KB or 256 fields
 */
export async function readForm(request: Request): Promise<string> {
  const form = await readText(request, FORM_LIMIT)
  if (form.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) throw tooLarge()
  return form
}

/**
 * Reads the query of a request, and checks it.
 *
 * @throws {RequestError} 400 a field comes twice, 422 with `fields`
 */
export function readQuery<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): z.infer<Schema> {
  return check(schema, fieldsOf(new URL(request.url).searchParams))
}

/**
 * Parses a URL-encoded form. Line ends come as CR LF and become LF, as they were typed.
 *
 * @throws {RequestError} 400 no UTF-8, or a field comes twice, 413 over 64 KB
 */
export function parseForm(text: string): Record<string, string> {
  // URLSearchParams would put U+FFFD where something is no UTF-8.
  if (!isDecodable(text)) throw unreadable()
  const fields = fieldsOf(new URLSearchParams(text))
  for (const name in fields) fields[name] = fields[name]!.replaceAll('\r\n', '\n')
  if (Buffer.byteLength(Object.values(fields).join()) > BODY_LIMIT) throw tooLarge()
  return fields
}

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
}

async function readText(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge()
  if (request.headers.has('content-length')) return decode(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  // Not cancelled at the limit: where the request was cloned, that would wait for the other copy.
  for await (const chunk of request.body?.values({ preventCancel: true }) ?? []) {
    size += chunk.length
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return decode(Buffer.concat(chunks))
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw unreadable()
  }
}

function tooLarge(): RequestError {
  return new RequestError(413, 'too_large', messages.tooLarge)
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable()
  }
  // JSON.parse keeps the last of fields with one name. No body has objects within objects.
  const known = Object.keys(value ?? {}).length
  if (known > MOST_FIELDS) throw tooLarge()
  if ((text.match(/"\s*:/g)?.length ?? 0) > known) refuseRepeatedFields(text)
  return value
}

/** @param text JSON that is known to be valid */
function refuseRepeatedFields(text: string): void {
  const names = new Set<string>()
  for (const [string, colon] of text.matchAll(/"(?:\\[^]|[^"\\])*(?:"\s*(:?)|\\?$)/g))
    if (colon) {
      const name = JSON.parse(string.slice(0, string.lastIndexOf('"') + 1)) as string
      if (names.has(name)) throw repeated(name)
      names.add(name)
    }
}

function repeated(name: string): RequestError {
  return new RequestError(400, 'repeated_field', fill(messages.repeatedField, { name }))
}

function unreadable(): RequestError {
  return new RequestError(400, 'unreadable', messages.unreadable)
}

function fieldsOf(params: URLSearchParams): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of params) {
    if (name in fields) throw repeated(name)
    fields[name] = value
  }
  return fields
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const fields: Record<string, string> = Object.create(null)
  for (const issue of checked.error.issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) fields[key] = messages.unknownField
    else if (issue.path.length > 0) fields[String(issue.path[0])] ??= issue.message
  }
  const problems = Object.values(fields)
  throw new RequestError(
    422,
    'invalid',
    problems.length > 1 ? messages.correctFields : (problems[0] ?? messages.noFields),
    { fields },
  )
}
