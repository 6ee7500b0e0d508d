import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { checkLanguageTag } from '#lib/i18n/language-tags.ts'
import { isCased, ownDirection } from '#lib/i18n/script.ts'
import { optional, text } from '#lib/story/field-schemas.ts'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'
import { renderMarkdown, type Section } from '#lib/story/markdown.ts'
import { quoteValue, type MarkdownFile, readMarkdown } from '#lib/story/front-matter.ts'
import { findPictureFile, type FoundPicture } from '#lib/story/picture-files.ts'
import {
  type Picture,
  findPicture,
  type Pictures,
  readResizedPictures,
} from '#lib/story/pictures.ts'
import { listPages, type OwnPage, readPages } from '#lib/story/own-pages.ts'
import { isLater, readPublicationTime } from '#lib/story/publication-time.ts'
import { type ReadingTime, readingTime } from '#lib/story/reading-time.ts'

type ArticleFields = z.infer<ReturnType<typeof articleFields>>
export type Article = ArticleFields & {
  html: string
  sections: Section[]
  /** The letter that is set large at its beginning, where one can be. */
  dropCapital?: string | undefined
  minutes: ReadingTime
  /** The `image` in the sizes that the build has made. */
  picture?: Picture
}
export type Author = z.infer<ReturnType<typeof authorFields>> & {
  html: string
  /** The direction of `html` where it is not the story's. */
  dir?: 'ltr' | 'rtl' | undefined
  /** The `avatar` in the sizes that the build has made. */
  picture?: Picture
}

/** Lists everything wrong with the publisher's files; each problem says file, line, field and what to do. */
export class ContentError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ContentError'
    this.problems = problems
  }
}

const time = z.string('must be a date such as 2026-02-26').transform((text, context) => {
  const read = readPublicationTime(text)
  if ('time' in read) return read.time
  context.addIssue(read.problem)
  return z.NEVER
})
/** Most characters of a masthead: four lines beside the button on a small phone. */
const MAX_MASTHEAD = 40
const languageTag = z
  .string('must be a language tag such as en or pt-BR')
  .transform((tag, context) => {
    const { problem, canonical } = checkLanguageTag(tag)
    if (problem) context.addIssue(problem)
    return canonical ?? z.NEVER
  })
const address = z
  .string('must be a web address such as https://example.org/report')
  .refine(isWebAddress, 'must be a web address that begins with https:// or http://')
const PICTURE_PATH = 'must be the path of a picture in public/, such as /harbour.jpg'

const references = optional(
  z
    .array(
      z.strictObject(
        { title: text, address },
        'must have a "title" and an "address", such as { title: The report, address: https://example.org }',
      ),
      'must be a list of titles and addresses; write [] for none',
    )
    .default([]),
)

const articleFields = (publicFolder?: string) =>
  z.strictObject({
    title: text,
    description: text,
    date: time,
    updated: optional(time.optional()),
    categories: z
      .array(text, 'must be a list such as [Politics, Europe]')
      .refine((list) => new Set(list).size === list.length, 'must not list anything twice'),
    /** Whether `description` stands below the headline. */
    standfirst: optional(z.boolean('must be true or false').default(true)),
    author: text,
    language: optional(languageTag.default('en')),
    /** Read by `scripts/messages.ts`, like `language`, for pages that do not load the story. */
    masthead: optional(
      text.max(MAX_MASTHEAD, `must have at most ${MAX_MASTHEAD} characters`).optional(),
    ),
    inspiredBy: references,
    sources: references,
    image: optional(
      z
        .strictObject(
          {
            src: picturePath(publicFolder),
            alt: text,
            caption: optional(text.optional()),
            credit: optional(text.optional()),
          },
          'must have a "src" and an "alt", such as { src: /harbour.jpg, alt: The harbour at dawn }',
        )
        .optional(),
    ),
    comments: optional(
      z.enum(['open', 'held', 'closed'], 'must be open, held or closed').default('open'),
    ),
    heldWords: optional(z.array(text, 'must be a list of words; write [] for none').default([])),
    corrections: optional(
      z
        .array(
          z.strictObject({ date: time, text }, 'must have a "date" and a "text"'),
          'must be a list of dates and texts',
        )
        .default([]),
    ),
  })

const authorFields = (publicFolder?: string) =>
  z.strictObject({ name: text, avatar: optional(picturePath(publicFolder).optional()) })

/** The story, its author and the publisher's other pages, with what the linter needs to point at lines of their files. */
export type Content = {
  article: Article
  author: Author
  /** The publisher's other pages, in the order of their links. */
  pages: OwnPage[]
  /** The paths of all pictures, each once. */
  pictures: string[]
  files: { article: MarkdownFile; author: MarkdownFile; pages: MarkdownFile[] }
  /** The pictures in all bodies; `location` is such as `content/article.md:12`. */
  picturesInText: { location: string; path: string; isFigure: boolean }[]
}

const ARTICLE = 'article.md'
const AUTHOR = 'author.md'

/** Content that was read, with the version of its files, by the arguments of `loadContent`. */
const loaded = new Map<string, { version: string; content: Promise<Content> }>()

/** The folder of the publisher's files, and that of the pictures, where these must be there. */
let source: { folder: string; publicFolder?: string } = {
  folder: 'content',
  publicFolder: 'public',
}

/**
 * Reads the story and its author from the copy that a build has, from now on: what the publisher saves is
 * for the next build.
 *
 * @param build folder of a complete build
 */
export function readContentOfBuild(build: string): void {
  source = { folder: join(/*turbopackIgnore: true*/ build, 'content') }
}

/**
 * Reads and checks the story, its author and the other pages. They are rendered again only when one of the
 * files has changed, has come or is gone, because that blocks the process for tens of milliseconds.
 *
 * @param folder with `article.md` and `author.md`
 * @param publicFolder with the pictures; without it they need not be there
 * @param resized the pictures that the build has resized
 * @throws {ContentError} naming every problem of all files at once
 */
export async function loadContent(
  folder = source.folder,
  publicFolder = source.publicFolder,
  resized: Pictures = readResizedPictures(),
): Promise<Content> {
  const key = JSON.stringify([folder, publicFolder, resized])
  const version = await readFileVersions(folder)
  const known = loaded.get(key)
  if (known && known.version === version) return known.content
  const content = readContent(folder, publicFolder, resized)
  if (version) loaded.set(key, { version, content })
  // A problem may be solved outside of these files, such as by adding a missing picture.
  content.catch(() => loaded.delete(key))
  return content
}

/** Returns a text that changes with every write to one of the files; nothing where one is missing. */
async function readFileVersions(folder: string): Promise<string | undefined> {
  try {
    const files = await Promise.all(
      [ARTICLE, AUTHOR, ...(await listPages(folder))].map(async (name) => {
        const path = join(/*turbopackIgnore: true*/ folder, name)
        const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true })
        return [name, dev, ino, size, mtimeNs].join()
      }),
    )
    return files.join(' ')
  } catch {}
}

async function readContent(
  folder: string,
  publicFolder: string | undefined,
  resized: Pictures,
): Promise<Content> {
  const problems: string[] = []
  const read = <Fields extends z.ZodObject>(name: string, fields: Fields) =>
    readMarkdown(join(/*turbopackIgnore: true*/ folder, name), fields, problems)
  const article = await read(ARTICLE, articleFields(publicFolder))
  const author = await read(AUTHOR, authorFields(publicFolder))

  const { author: byline } = article.data
  const { date, updated } = article.fields ?? {}
  const { name } = author.data
  if (isString(byline) && isString(name) && plainSpaces(byline) !== plainSpaces(name))
    problems.push(
      `${article.locateField(['author'])}: "author" must match the "name" in ${author.file}, found ${quoteValue(byline)} and ${quoteValue(name)}`,
    )
  if (date !== undefined && updated !== undefined && isLater(date, updated))
    problems.push(
      `${article.locateField(['updated'])}: "updated" must not be before "date", found ${quoteValue(updated)}`,
    )

  const language = article.fields?.language
  const [story, bio, ownPages] = await Promise.all([
    renderMarkdown(article.body, {
      pictures: resized,
      hasFirstPicture: !article.data.image,
      paragraphAnchors: true,
      language,
      publicFolder,
    }),
    renderMarkdown(author.body, {
      pictures: resized,
      hasFirstPicture: false,
      notePrefix: 'Author-note',
      language,
      publicFolder,
    }),
    readPages(folder, { pictures: resized, language, publicFolder }, problems),
  ])
  const picturesInText: Content['picturesInText'] = []
  for (const [file, { pictures }] of [
    [article, story],
    [author, bio],
    ...ownPages.map(({ file, rendered }) => [file, rendered] as const),
  ] as const)
    for (const { written, found, line, isFigure } of pictures) {
      const location = file.locateLine(line)
      picturesInText.push({ location, path: found.address, isFigure })
      const problem = pictureProblem(written, found, publicFolder)
      if (problem)
        problems.push(
          `${location}: the picture in the text ${problem}, found ${quoteValue(written)}`,
        )
    }
  if (problems.length > 0 || !article.fields || !author.fields) throw new ContentError(problems)
  const { html, sections, text, dropCapital } = story
  const { image } = article.fields
  const { avatar } = author.fields
  const inText = picturesInText.map(({ path }) => path)
  const dir = ownDirection(bio.text, article.fields.language)
  return {
    article: {
      ...withFrenchSpaces(article.fields),
      html,
      sections,
      ...(isCased(article.fields.language) && { dropCapital }),
      minutes: readingTime(text, article.fields.language),
      ...(image && { picture: findPicture(image.src, resized) }),
    },
    author: {
      ...author.fields,
      html: bio.html,
      ...(dir && { dir }),
      ...(avatar && { picture: findPicture(avatar, resized) }),
    },
    pages: ownPages.map(({ page }) => page),
    pictures: [...new Set([image?.src, avatar, ...inText].filter((path) => path !== undefined))],
    files: { article, author, pages: ownPages.map(({ file }) => file) },
    picturesInText,
  }
}

/** Sets no-break spaces in the fields of a French article that readers see. */
function withFrenchSpaces(fields: ArticleFields): ArticleFields {
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
  const changes = [updated ?? date, ...corrections.map((correction) => correction.date)]
  return changes.reduce((latest, time) => (isLater(time, latest) ? time : latest), date)
}

/**
 * Makes the schema of a picture, which becomes its address on the site.
 *
 * @param publicFolder where it must be; without it, it need not be there
 */
function picturePath(publicFolder?: string) {
  return z.string(PICTURE_PATH).transform((written, context) => {
    const found = findPictureFile(written, publicFolder)
    const problem = pictureProblem(written, found, publicFolder)
    if (problem) context.addIssue(problem)
    return found.address
  })
}

/** Matches a picture on another host, or outside of the folder. */
const OUTSIDE = /^\/\/|^[a-z][\w+.-]*:|\.\./i

function pictureProblem(
  written: string,
  { isThere, nearest }: FoundPicture,
  publicFolder: string | undefined,
): string | undefined {
  if (OUTSIDE.test(written)) return PICTURE_PATH
  if (publicFolder === undefined || isThere) return
  return `must be in public/ (add the file${nearest ? `, or use ${nearest}` : ''})`
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:\/\//i.test(value)
}

/** Makes spaces of any kind and number equal, and signs that are written in two ways. */
function plainSpaces(text: string): string {
  return text.normalize().replace(/\s+/g, ' ').trim()
}
