import { readFile } from 'node:fs/promises'
import matter from 'gray-matter'
import YAML from 'yaml'
import * as z from 'zod'

/** Text in Markdown below a front matter, as the publisher writes it. */
export type MarkdownFile = {
  file: string
  /** The front matter as it stands there. */
  data: Record<string, unknown>
  body: string
  /** `content/article.md:3`, where a field of the front matter stands. */
  place: (path: PropertyKey[]) => string
  /** The same for a line of the text, counted from 1. */
  placeInBody: (line: number) => string
}

/**
 * Reads a file and checks its front matter; without `fields` where something is wrong.
 *
 * @param problems gets everything wrong, one problem a line: file, line, field, found, remedy
 */
export async function readMarkdown<Fields extends z.ZodObject>(
  file: string,
  fields: Fields,
  problems: string[],
): Promise<MarkdownFile & { fields?: z.infer<Fields> | undefined }> {
  const at = (line: number) => `${file}:${line}`
  const nothing = { file, data: {}, body: '', place: () => at(1), placeInBody: at }
  const source = await readText(file, problems)
  if (source === undefined) return nothing
  if (!source.startsWith('---')) {
    problems.push(
      `${at(1)}: there is no front matter; begin the file with its fields between two lines of ---`,
    )
    return nothing
  }
  const lines = new YAML.LineCounter()
  const lineOf = (offset: number) => lines.linePos(offset).line
  let document = new YAML.Document()
  const parse = (text: string) => {
    document = YAML.parseDocument(text, { lineCounter: lines, prettyErrors: false })
    const [error] = document.errors
    if (error) throw error
    return document.toJS() as object
  }
  let parsed: { data: unknown; content: string }
  try {
    parsed = matter(source, { engines: { yaml: parse, javascript: refuseCode } })
  } catch (error) {
    const line = error instanceof YAML.YAMLError ? lineOf(error.pos[0]) : 1
    problems.push(`${at(line)}: the front matter cannot be read: ${firstLine(error)}`)
    return nothing
  }
  const data = parsed.data ?? {}
  if (typeof data !== 'object' || Array.isArray(data)) {
    problems.push(
      `${at(1)}: the front matter must be fields such as "title: …", found ${found(data)}`,
    )
    return nothing
  }
  const place = (path: PropertyKey[]) => at(lineOf(offsetOf(document, path)))
  const checked = fields.safeParse(data)
  if (!checked.success) {
    const known = Object.keys(fields.shape)
    problems.push(...checked.error.issues.flatMap((issue) => describe(place, issue, data, known)))
  }
  const before = source.slice(0, source.length - parsed.content.length).split('\n').length - 1
  if (parsed.content.trim() === '')
    problems.push(`${at(before)}: there is no text below the front matter; write some`)
  return {
    file,
    data: data as Record<string, unknown>,
    fields: checked.data,
    body: parsed.content,
    place,
    placeInBody: (line) => at(before + line),
  }
}

/** Where a field begins, or what it is missing from. */
function offsetOf(document: YAML.Document, path: PropertyKey[]): number {
  let offset = 0
  let node: unknown = document.contents
  for (const key of path) {
    const pair = YAML.isMap(node) && node.items.find((item) => String(item.key) === key)
    const value = pair ? pair.value : YAML.isSeq(node) && node.items[Number(key)]
    if (!value) break
    const start = pair ? pair.key : value
    offset = YAML.isNode(start) ? (start.range?.[0] ?? offset) : offset
    node = value
  }
  return offset
}

async function readText(file: string, problems: string[]): Promise<string | undefined> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
    return text.replaceAll('\r\n', '\n')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    problems.push(
      code === 'ENOENT'
        ? `${file}: the file is missing; create it`
        : error instanceof TypeError
          ? `${file}: the file is not UTF-8 text; save it as UTF-8`
          : `${file}: the file cannot be read (${code}); make it a file that can`,
    )
  }
}

/** gray-matter would run a front matter marked as JavaScript. */
function refuseCode(): never {
  throw new Error('it must be YAML, between two lines of ---')
}

function describe(
  place: MarkdownFile['place'],
  issue: z.core.$ZodIssue,
  data: unknown,
  fieldNames: string[],
): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = fieldName([...issue.path, key])
      const known = issue.path.length === 0 ? ` (the fields are ${fieldNames.join(', ')})` : ''
      return `${place([...issue.path, key])}: "${field}" is not a known field; remove it or correct its name${known}`
    })
  }
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    data,
  )
  const where = place(issue.path)
  return [`${where}: "${fieldName(issue.path)}" ${issue.message}, found ${found(value)}`]
}

/** `sources[0].address`: how a person would point at the field. */
function fieldName(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === 'number' ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key),
    '',
  )
}

/** A value as it is named in a problem. */
export function found(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
