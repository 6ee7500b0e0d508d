import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import matter from 'gray-matter'
import YAML from 'yaml'
import * as z from 'zod'
import { renderArticle, type Section } from '#lib/markdown.ts'

export type Article = z.infer<ReturnType<typeof articleFields>> & {
  html: string
  sections: Section[]
}
export type Author = z.infer<ReturnType<typeof authorFields>> & { html: string }

/** Everything wrong with the publisher's files, one problem a line: file, field, found, remedy. */
export class ContentError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ContentError'
    this.problems = problems
  }
}

const day = z.iso.date('must be a day such as 2026-02-26')
const words = z.string('must be text').trim().min(1, 'must not be empty')
const address = z
  .string('must be a web address such as https://example.org/report')
  .refine(isWebAddress, 'must be a web address that begins with https:// or http://')
const PICTURE = 'must be the path of a picture in public/, such as /harbour.jpg'

const references = z
  .array(
    z.strictObject(
      { title: words, address },
      'must have a "title" and an "address", such as { title: The report, address: https://example.org }',
    ),
    'must be a list of titles and addresses; write [] for none',
  )
  .default([])

const articleFields = (publicFolder: string) =>
  z.strictObject({
    title: words,
    description: words,
    date: day,
    updated: day.optional(),
    categories: z
      .array(words, 'must be a list such as [Politics, Europe]')
      .refine((list) => new Set(list).size === list.length, 'must not name one twice'),
    author: words,
    language: z
      .string('must be a language tag such as en or pt-BR')
      .refine(isLanguage, 'must be a language tag such as en or pt-BR')
      .default('en'),
    inspiredBy: references,
    sources: references,
    image: z
      .strictObject(
        {
          src: picture(publicFolder),
          alt: words,
          caption: words.optional(),
          credit: words.optional(),
        },
        'must have a "src" and an "alt", such as { src: /harbour.jpg, alt: The harbour at dawn }',
      )
      .optional(),
    comments: z.enum(['open', 'held', 'closed'], 'must be open, held or closed').default('open'),
    heldWords: z.array(words, 'must be a list of words; write [] for none').default([]),
    corrections: z
      .array(
        z.strictObject({ date: day, text: words }, 'must have a "date" and a "text"'),
        'must be a list of dates and texts',
      )
      .default([]),
  })

const authorFields = (publicFolder: string) =>
  z.strictObject({ name: words, avatar: picture(publicFolder).optional() })

/**
 * Reads and checks the story and its author from `folder`.
 *
 * @throws {ContentError} naming every problem of both files at once.
 */
export async function loadContent(
  folder = 'content',
  publicFolder = 'public',
): Promise<{ article: Article; author: Author }> {
  const problems: string[] = []
  const read = <Fields extends z.ZodObject>(name: string, fields: Fields) =>
    readMarkdown(join(/*turbopackIgnore: true*/ folder, name), fields, problems)
  const article = await read('article.md', articleFields(publicFolder))
  const author = await read('author.md', authorFields(publicFolder))

  const { author: byline, date, updated } = article.data
  const { name } = author.data
  if (isText(byline) && isText(name) && byline.trim() !== name.trim())
    problems.push(
      `${article.file}: "author" must be the "name" in ${author.file}, found ${found(byline)} and ${found(name)}`,
    )
  if (isText(date) && isText(updated) && updated < date)
    problems.push(`${article.file}: "updated" must not be before "date", found ${found(updated)}`)

  const [story, bio] = await Promise.all([renderArticle(article.body), renderArticle(author.body)])
  for (const [file, { pictures }] of [
    [article.file, story],
    [author.file, bio],
  ] as const)
    for (const path of pictures) {
      const checked = picture(publicFolder).safeParse(path)
      for (const { message } of checked.error?.issues ?? [])
        problems.push(`${file}: the picture in the text ${message}, found ${found(path)}`)
    }
  if (problems.length > 0 || !article.fields || !author.fields) throw new ContentError(problems)
  return {
    article: { ...article.fields, html: story.html, sections: story.sections },
    author: { ...author.fields, html: bio.html },
  }
}

type MarkdownFile<Fields> = {
  file: string
  /** The front matter as it stands there. */
  data: Record<string, unknown>
  /** The front matter, when nothing is wrong with it. */
  fields?: Fields
  body: string
}

async function readMarkdown<Fields extends z.ZodObject>(
  file: string,
  fields: Fields,
  problems: string[],
): Promise<MarkdownFile<z.infer<Fields>>> {
  const nothing = { file, data: {}, body: '' }
  const source = await readText(file, problems)
  if (source === undefined) return nothing
  if (!source.startsWith('---')) {
    problems.push(
      `${file}: there is no front matter; begin the file with its fields between two lines of ---`,
    )
    return nothing
  }
  let parsed: { data: unknown; content: string }
  try {
    parsed = matter(source, { engines: { yaml: YAML.parse, javascript: refuseCode } })
  } catch (error) {
    problems.push(`${file}: the front matter cannot be read: ${firstLine(error)}`)
    return nothing
  }
  const data = parsed.data ?? {}
  if (typeof data !== 'object' || Array.isArray(data)) {
    problems.push(
      `${file}: the front matter must be fields such as "title: …", found ${found(data)}`,
    )
    return nothing
  }
  const checked = fields.safeParse(data)
  if (!checked.success) {
    const known = Object.keys(fields.shape)
    problems.push(...checked.error.issues.flatMap((issue) => describe(file, issue, data, known)))
  }
  if (parsed.content.trim() === '')
    problems.push(`${file}: there is no text below the front matter; write some`)
  return {
    file,
    data: data as Record<string, unknown>,
    fields: checked.data,
    body: parsed.content,
  }
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

function picture(publicFolder: string) {
  return z
    .string(PICTURE)
    .regex(/^\/(?!\/)(?!.*\.\.)/, { error: PICTURE, abort: true })
    .refine(
      (path) => existsSync(join(/*turbopackIgnore: true*/ publicFolder, path)),
      'names a picture that is not there; put the file in public/',
    )
}

/** gray-matter would run a front matter marked as JavaScript. */
function refuseCode(): never {
  throw new Error('it must be YAML, between two lines of ---')
}

function describe(
  file: string,
  issue: z.core.$ZodIssue,
  data: unknown,
  fieldNames: string[],
): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = fieldName([...issue.path, key])
      const known = issue.path.length === 0 ? ` (the fields are ${fieldNames.join(', ')})` : ''
      return `${file}: "${field}" is not a known field; remove it or correct its name${known}`
    })
  }
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    data,
  )
  return [`${file}: "${fieldName(issue.path)}" ${issue.message}, found ${found(value)}`]
}

/** `sources[0].address`: how a person would point at the field. */
function fieldName(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === 'number' ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key),
    '',
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function found(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:\/\//i.test(value)
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}
