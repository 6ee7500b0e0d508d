import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'
import { renderArticle, type Section } from '#lib/story/markdown.ts'
import { found, type MarkdownFile, readMarkdown } from '#lib/story/front-matter.ts'
import { type Picture, pictureOf, type Pictures, readPictures } from '#lib/story/pictures.ts'
import { type ReadingTime, readingTime } from '#lib/story/reading-time.ts'

type ArticleFields = z.infer<ReturnType<typeof articleFields>>
export type Article = ArticleFields & {
  html: string
  sections: Section[]
  minutes: ReadingTime
  /** The `image` as the page shows it. */
  picture?: Picture
}
export type Author = z.infer<ReturnType<typeof authorFields>> & {
  html: string
  /** The `avatar` as the page shows it. */
  picture?: Picture
}

/** Everything wrong with the publisher's files, one problem a line: file, line, field, found, remedy. */
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
/** Four lines beside the button of a small phone. */
const LONGEST_MASTHEAD = 40
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
    /** `scripts/messages.ts` reads it, as the language, for pages that know no story. */
    masthead: words
      .max(LONGEST_MASTHEAD, `must have ${LONGEST_MASTHEAD} characters at most`)
      .optional(),
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

/** The story and its author, and where in their files things stand, for who gives advice. */
export type Content = {
  article: Article
  author: Author
  /** The paths of all pictures, each once. */
  pictures: string[]
  files: Record<'article' | 'author', MarkdownFile>
  /** The pictures in the texts, each with its place, such as `content/article.md:12`. */
  pictureLines: { place: string; path: string; isFigure: boolean }[]
}

const ARTICLE = 'article.md'
const AUTHOR = 'author.md'

/** By where it was read from, with the state of its files then. */
const loaded = new Map<string, { state: string; content: Promise<Content> }>()

/**
 * Reads and checks the story and its author from `folder`; again only when one of the files has
 * changed, because rendering them takes tens of milliseconds, in which nobody else is answered.
 *
 * @param made what the build has made of pictures
 * @throws {ContentError} naming every problem of both files at once.
 */
export async function loadContent(
  folder = 'content',
  publicFolder = 'public',
  made: Pictures = readPictures(),
): Promise<Content> {
  const key = JSON.stringify([folder, publicFolder, made])
  const state = await stateOf(folder)
  const known = loaded.get(key)
  if (known && known.state === state) return known.content
  const content = readContent(folder, publicFolder, made)
  if (state) loaded.set(key, { state, content })
  // What is wrong may be mended elsewhere, such as a picture that is not there.
  content.catch(() => loaded.delete(key))
  return content
}

/** Differs whenever a file is another or has been written; nothing where one is missing. */
async function stateOf(folder: string): Promise<string | undefined> {
  try {
    const files = await Promise.all(
      [ARTICLE, AUTHOR].map((name) =>
        stat(join(/*turbopackIgnore: true*/ folder, name), { bigint: true }),
      ),
    )
    return files.map(({ dev, ino, size, mtimeNs }) => [dev, ino, size, mtimeNs].join()).join(' ')
  } catch {}
}

async function readContent(folder: string, publicFolder: string, made: Pictures): Promise<Content> {
  const problems: string[] = []
  const read = <Fields extends z.ZodObject>(name: string, fields: Fields) =>
    readMarkdown(join(/*turbopackIgnore: true*/ folder, name), fields, problems)
  const article = await read(ARTICLE, articleFields(publicFolder))
  const author = await read(AUTHOR, authorFields(publicFolder))

  const { author: byline, date, updated } = article.data
  const { name } = author.data
  if (isText(byline) && isText(name) && byline.trim() !== name.trim())
    problems.push(
      `${article.place(['author'])}: "author" must be the "name" in ${author.file}, found ${found(byline)} and ${found(name)}`,
    )
  if (isText(date) && isText(updated) && updated < date)
    problems.push(
      `${article.place(['updated'])}: "updated" must not be before "date", found ${found(updated)}`,
    )

  const language = article.fields?.language
  const [story, bio] = await Promise.all([
    renderArticle(article.body, { made, first: !article.data.image, links: true, language }),
    renderArticle(author.body, { made, first: false, notes: 'Author-note', language }),
  ])
  const pictureLines: Content['pictureLines'] = []
  for (const [file, { pictures }] of [
    [article, story],
    [author, bio],
  ] as const)
    for (const { url, line, isFigure } of pictures) {
      const checked = picture(publicFolder).safeParse(url)
      const place = file.placeInBody(line)
      pictureLines.push({ place, path: url, isFigure })
      for (const { message } of checked.error?.issues ?? [])
        problems.push(`${place}: the picture in the text ${message}, found ${found(url)}`)
    }
  if (problems.length > 0 || !article.fields || !author.fields) throw new ContentError(problems)
  const { html, sections, text } = story
  const { image } = article.fields
  const { avatar } = author.fields
  const inText = pictureLines.map(({ path }) => path)
  return {
    article: {
      ...withSpaces(article.fields),
      html,
      sections,
      minutes: readingTime(text, article.fields.language),
      ...(image && { picture: pictureOf(image.src, made) }),
    },
    author: {
      ...author.fields,
      html: bio.html,
      ...(avatar && { picture: pictureOf(avatar, made) }),
    },
    pictures: [...new Set([image?.src, avatar, ...inText].filter((path) => path !== undefined))],
    files: { article, author },
    pictureLines,
  }
}

/** What is read in the fields of an article, with the spaces of its language. */
function withSpaces(fields: ArticleFields): ArticleFields {
  const { title, description, inspiredBy, sources, image, corrections, language } = fields
  const set = (text: string) => setFrenchSpaces(text, language)
  const titled = (list: ArticleFields['sources']) =>
    list.map(({ title, address }) => ({ title: set(title), address }))
  return {
    ...fields,
    title: set(title),
    description: set(description),
    inspiredBy: titled(inspiredBy),
    sources: titled(sources),
    ...(image && {
      image: {
        ...image,
        ...(image.caption && { caption: set(image.caption) }),
        ...(image.credit && { credit: set(image.credit) }),
      },
    }),
    corrections: corrections.map(({ date, text }) => ({ date, text: set(text) })),
  }
}

/** Returns the day (2026-02-26) of an article's last update or correction. */
export function dateModified({ date, updated, corrections }: Article): string {
  return [date, updated ?? date, ...corrections.map((correction) => correction.date)].sort().at(-1)!
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

function isText(value: unknown): value is string {
  return typeof value === 'string'
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
