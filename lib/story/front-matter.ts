import { readFile } from 'node:fs/promises'
import YAML from 'yaml'
import * as z from 'zod'
import { findControlCharacters } from '#lib/story/control-characters.ts'
import { describeUnknownFields, suggestedField } from '#lib/story/field-names.ts'
import { parseFields, type ParsedFields } from '#lib/story/parse-fields.ts'
import { splitFrontMatter } from '#lib/story/split-front-matter.ts'
import { quoteText } from '#lib/story/yaml-remedies.ts'

/** A file of the publisher: front matter, and Markdown below it. */
export type MarkdownFile = {
  file: string
  /** The fields of the front matter, not checked. */
  data: Record<string, unknown>
  body: string
  /** What the front matter may lose in silence, a line each; it stops no build. */
  advice: string[]
  /** Returns where a field of the front matter is, such as `content/article.md:3`. */
  locateField: (path: PropertyKey[]) => string
  /** Returns where a line of the body is, which are counted from 1. */
  locateLine: (line: number) => string
}

/**
 * Reads a file and checks its front matter; `fields` are missing where something is wrong.
 *
 * @param problems receives a line for each problem: file, line, field, what is wrong, what to do
 * @param options.isOptional whether the file may have no front matter
 */
export async function readMarkdown<Fields extends z.ZodObject>(
  file: string,
  fields: Fields,
  problems: string[],
  { isOptional = false } = {},
): Promise<MarkdownFile & { fields?: z.infer<Fields> | undefined }> {
  const at = (line: number) => `${file}:${line}`
  const nothing = { file, data: {}, body: '', advice: [], locateField: () => at(1), locateLine: at }
  const source = await readText(file, problems)
  if (source === undefined) return nothing
  const split = splitFrontMatter(source, isOptional)
  if ('problem' in split) {
    problems.push(`${at(split.problem.line)}: ${split.problem.message}`)
    return nothing
  }
  const parsed = parseFields(split.fields, split.fieldsLine)
  const locateField = (path: PropertyKey[]) => at(path.length === 0 ? 1 : lineOfField(parsed, path))
  const checked = fields.safeParse(parsed.data)
  const found = [
    ...parsed.problems.map(({ line, message }) => ({ line, message })),
    ...describeIssues(checked.error?.issues ?? [], parsed, fields),
  ]
  problems.push(
    ...found.sort((a, b) => a.line - b.line).map(({ line, message }) => `${at(line)}: ${message}`),
  )
  if (split.body.trim() === '')
    problems.push(
      `${at(Math.max(1, split.bodyLine - 1))}: there is no text below the front matter; write some`,
    )
  return {
    file,
    data: parsed.data,
    fields: found.length === 0 ? checked.data : undefined,
    body: split.body,
    advice: [...split.advice, ...parsed.advice, ...findControlCharacters(source)].map(
      ({ line, message }) => `${at(line)}: ${message}`,
    ),
    locateField,
    locateLine: (line) => at(split.bodyLine + line - 1),
  }
}

/** Returns the line of a field, or of the part that it is missing from. */
function lineOfField({ document, lineAt }: ParsedFields, path: PropertyKey[]): number {
  let offset: number | undefined
  let node: unknown = document.contents
  for (const key of path) {
    const pair = YAML.isMap(node) && node.items.find((item) => String(item.key) === key)
    const value = pair ? pair.value : YAML.isSeq(node) && node.items[Number(key)]
    if (!value) break
    const start = pair ? pair.key : value
    offset = YAML.isNode(start) ? (start.range?.[0] ?? offset) : offset
    node = value
  }
  return offset === undefined ? 1 : lineAt(offset)
}

/** Reads UTF-8 text; adds to `problems` where that is not possible. */
async function readText(file: string, problems: string[]): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    problems.push(
      code === 'ENOENT'
        ? `${file}: the file is missing; create it`
        : error instanceof TypeError
          ? `${file}: the file is not UTF-8 text; save it as UTF-8`
          : `${file}: the file cannot be read (${code}); check that it is a file and its permissions`,
    )
  }
}

/** Writes a problem for each field that is wrong, and one for all that are unknown. */
function describeIssues(
  issues: z.core.$ZodIssue[],
  parsed: ParsedFields,
  schema: z.ZodObject,
): { line: number; message: string }[] {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => {
          const path = [...issue.path, key]
          const known = fieldNames(schema, issue.path)
          const suggested = suggestedField(key, known)
          return {
            line: lineOfField(parsed, path),
            scope: issue.path,
            name: fieldName(path),
            known,
            suggested,
            isThere:
              suggested !== undefined &&
              valueAt(parsed.data, [...issue.path, suggested]) !== undefined,
          }
        })
      : [],
  )
  unknown.sort((a, b) => a.line - b.line)
  // Tells no field as missing that has another name there, or was told already.
  const isTold = (path: PropertyKey[]) =>
    !parsed.isComplete ||
    unknown.some(
      ({ scope, suggested }) => fieldName(path) === fieldName([...scope, suggested ?? '']),
    )
  const wrong = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return []
    const value = valueAt(parsed.data, issue.path)
    if (value === undefined && isTold(issue.path)) return []
    const line = lineOfField(parsed, issue.path)
    const remedy = describeQuotes(parsed, issue, value, line)
    const message = `"${fieldName(issue.path)}" ${issue.message}, found ${quoteValue(value)}${remedy}`
    return { line, message }
  })
  if (unknown.length === 0) return wrong
  return [...wrong, { line: unknown[0]!.line, message: describeUnknownFields(unknown) }]
}

/** Says how a text is written that YAML takes for a number, a list or nothing, such as `title: '1984'`. */
function describeQuotes(
  { lines, lineAt, document }: ParsedFields,
  issue: z.core.$ZodIssue,
  value: unknown,
  line: number,
): string {
  if (issue.code !== 'invalid_type' || value === undefined) return ''
  const text = lines[line - lineAt(0)]?.trim() ?? ''
  if (issue.expected === 'array' && typeof value === 'string' && text.endsWith(value))
    return `: ${text.slice(0, -value.length)}[${value}]`
  if (issue.expected !== 'string') return ''
  const node: unknown = document.getIn(issue.path, true)
  const range = YAML.isNode(node) ? node.range : undefined
  const raw = range ? lines.join('\n').slice(range[0], range[1]).trim() : ''
  if (raw !== '' && !text.endsWith(raw)) return `; put it in quotes: ${quoteText(raw)}`
  // Nothing was read of a value that begins with #.
  const typed = raw || /(?:^|\s)(#.*)/.exec(text)?.[1]
  return typed ? `; put it in quotes: ${text.slice(0, -typed.length)}${quoteText(typed)}` : ''
}

/** Lists the names of the fields that may stand at a path. */
function fieldNames(schema: z.core.$ZodType, path: PropertyKey[]): string[] {
  let inner = unwrap(schema)
  for (const key of path)
    if (inner instanceof z.ZodArray) inner = unwrap(inner.element)
    else if (inner instanceof z.ZodObject) inner = unwrap(inner.shape[String(key)])
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

/** Returns the schema inside of those that make it optional. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return unwrap(schema.def.innerType)
  return schema instanceof z.ZodPipe ? unwrap(schema.def.out) : schema
}

function valueAt(data: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    data,
  )
}

/** Writes the path of a field, such as `sources[0].address`. */
function fieldName(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === 'number' ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key),
    '',
  )
}

/** Writes a value for a problem: as JSON, or `nothing`. */
export function quoteValue(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value)
}
