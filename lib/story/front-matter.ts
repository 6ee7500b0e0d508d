import { readFile } from 'node:fs/promises'
import matter from 'gray-matter'
import YAML from 'yaml'
import * as z from 'zod'

/** What mends most front matter that is no YAML: a headline with a colon, or that begins with a quote. */
const QUOTES = "; text with a colon or quotes in it stands between '…' (and ' is '' there)"

/** A file of the publisher: front matter, and Markdown below it. */
export type MarkdownFile = {
  file: string
  /** The fields of the front matter, not checked. */
  data: Record<string, unknown>
  body: string
  /** Returns where a field of the front matter is, such as `content/article.md:3`. */
  locateField: (path: PropertyKey[]) => string
  /** Returns where a line of the body is, which are counted from 1. */
  locateLine: (line: number) => string
}

/**
 * Reads a file and checks its front matter; `fields` are missing where something is wrong.
 *
 * @param problems receives a line for each problem: file, line, field, what is wrong, what to do
 */
export async function readMarkdown<Fields extends z.ZodObject>(
  file: string,
  fields: Fields,
  problems: string[],
): Promise<MarkdownFile & { fields?: z.infer<Fields> | undefined }> {
  const at = (line: number) => `${file}:${line}`
  const unreadable = { file, data: {}, body: '', locateField: () => at(1), locateLine: at }
  const source = await readText(file, problems)
  if (source === undefined) return unreadable
  if (!source.startsWith('---')) {
    problems.push(
      `${at(1)}: there is no front matter; begin the file with its fields between two lines of ---`,
    )
    return unreadable
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
    const remedy = error instanceof YAML.YAMLError ? QUOTES : ''
    problems.push(`${at(line)}: the front matter cannot be read: ${firstLine(error)}${remedy}`)
    return unreadable
  }
  const data = parsed.data ?? {}
  if (typeof data !== 'object' || Array.isArray(data)) {
    problems.push(
      `${at(1)}: the front matter must be fields such as "title: …", found ${quoteValue(data)}`,
    )
    return unreadable
  }
  const locateField = (path: PropertyKey[]) => at(lineOf(offsetOf(document, path)))
  const checked = fields.safeParse(data)
  if (!checked.success) {
    const known = Object.keys(fields.shape)
    problems.push(
      ...checked.error.issues.flatMap((issue) => describe(locateField, issue, data, known)),
    )
  }
  const before = source.slice(0, source.length - parsed.content.length).split('\n').length - 1
  if (parsed.content.trim() === '')
    problems.push(`${at(before)}: there is no text below the front matter; write some`)
  return {
    file,
    data: data as Record<string, unknown>,
    fields: checked.data,
    body: parsed.content,
    locateField,
    locateLine: (line) => at(before + line),
  }
}

/** Returns the offset of a field in the front matter, or of the part that it is missing from. */
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

/** Reads UTF-8 text with Unix line ends; adds to `problems` where that is not possible. */
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

/** Refuses a front matter marked as JavaScript, which gray-matter would run. */
function refuseCode(): never {
  throw new Error('it must be YAML, between two lines of ---')
}

/** Writes a problem for each field that an issue is about. */
function describe(
  locateField: MarkdownFile['locateField'],
  issue: z.core.$ZodIssue,
  data: unknown,
  fieldNames: string[],
): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = fieldName([...issue.path, key])
      const known = issue.path.length === 0 ? ` (the fields are ${fieldNames.join(', ')})` : ''
      return `${locateField([...issue.path, key])}: "${field}" is not a known field; remove it or correct its name${known}`
    })
  }
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    data,
  )
  const location = locateField(issue.path)
  return [`${location}: "${fieldName(issue.path)}" ${issue.message}, found ${quoteValue(value)}`]
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
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
