import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import matter from 'gray-matter'
import YAML from 'yaml'
import * as z from 'zod'
import { renderArticle, type Section } from '#lib/markdown.ts'

export type Article = z.infer<typeof articleFields> & { html: string; sections: Section[] }
export type Author = z.infer<typeof authorFields> & { html: string }

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
const picture = z
  .string('must be the path of a picture in public/, such as /harbour.jpg')
  .regex(/^\/(?!\/)/, 'must be the path of a picture in public/, such as /harbour.jpg')

const references = z
  .array(
    z.strictObject(
      { title: words, address },
      'must have a "title" and an "address", such as { title: The report, address: https://example.org }',
    ),
    'must be a list of titles and addresses; write [] for none',
  )
  .default([])

const articleFields = z.strictObject({
  title: words,
  description: words,
  date: day,
  updated: day.optional(),
  categories: z.array(words, 'must be a list such as [Politics, Europe]'),
  author: words,
  language: z
    .string('must be a language tag such as en or pt-BR')
    .refine(isLanguage, 'must be a language tag such as en or pt-BR')
    .default('en'),
  inspiredBy: references,
  sources: references,
  image: z
    .strictObject(
      { src: picture, alt: words, caption: words.optional(), credit: words.optional() },
      'must have a "src" and an "alt", such as { src: /harbour.jpg, alt: The harbour at dawn }',
    )
    .optional(),
  corrections: z
    .array(
      z.strictObject({ date: day, text: words }, 'must have a "date" and a "text"'),
      'must be a list of dates and texts',
    )
    .default([]),
})

const authorFields = z.strictObject({ name: words, avatar: picture.optional() })

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
  const article = await read('article.md', articleFields)
  const author = await read('author.md', authorFields)

  for (const [file, field, src] of [
    [article?.file, 'image.src', article?.fields.image?.src],
    [author?.file, 'avatar', author?.fields.avatar],
  ])
    if (file && src && !existsSync(join(/*turbopackIgnore: true*/ publicFolder, src)))
      problems.push(
        `${file}: "${field}" names a picture that is not there, found "${src}"; put the file in ${publicFolder}${src}`,
      )
  if (article && author && article.fields.author !== author.fields.name)
    problems.push(
      `${article.file}: "author" must be the "name" in ${author.file}, found ${found(article.fields.author)} and ${found(author.fields.name)}`,
    )
  if (problems.length > 0 || !article || !author) throw new ContentError(problems)

  const [story, bio] = await Promise.all([renderArticle(article.body), renderArticle(author.body)])
  return { article: { ...article.fields, ...story }, author: { ...author.fields, html: bio.html } }
}

async function readMarkdown<Fields extends z.ZodObject>(
  file: string,
  fields: Fields,
  problems: string[],
): Promise<{ file: string; fields: z.infer<Fields>; body: string } | undefined> {
  let source: string
  try {
    source = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n')
  } catch {
    problems.push(`${file}: the file is missing or cannot be read; create it`)
    return
  }
  let parsed: { data: unknown; content: string }
  try {
    parsed = matter(source, { engines: { yaml: YAML.parse, javascript: refuseCode } })
  } catch (error) {
    problems.push(`${file}: the front matter cannot be read: ${firstLine(error)}`)
    return
  }
  const data = parsed.data ?? {}
  const checked = fields.safeParse(data)
  if (!checked.success) {
    problems.push(
      ...checked.error.issues.flatMap((issue) =>
        describe(file, issue, data, Object.keys(fields.shape)),
      ),
    )
  }
  if (parsed.content.trim() === '')
    problems.push(`${file}: there is no text below the front matter; write some`)
  return checked.success ? { file, fields: checked.data, body: parsed.content } : undefined
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
