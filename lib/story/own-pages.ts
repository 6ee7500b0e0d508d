import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { toString } from 'mdast-util-to-string'
import * as z from 'zod'
import { langAttributes, ownDirection } from '#lib/i18n/script.ts'
import { optional, text } from '#lib/story/field-schemas.ts'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'
import { type MarkdownFile, readMarkdown } from '#lib/story/front-matter.ts'
import {
  descriptionOf,
  parseMarkdown,
  renderMarkdown,
  type RenderedStory,
} from '#lib/story/markdown.ts'
import type { Pictures } from '#lib/story/pictures.ts'

/** A page of the publisher beside the story and its author, such as an imprint. */
export type OwnPage = {
  /** The name in its address, such as `über-uns`. */
  name: string
  /** The encoded path of its address, such as `/%C3%BCber-uns`. */
  address: `/${string}`
  title: string
  description: string
  html: string
  /** The direction of `html` where it is not the story's. */
  dir?: 'ltr' | 'rtl' | undefined
  /** Whether search engines may list it. */
  index: boolean
}

/** Names in addresses of the site, and of Next: a page cannot have one. */
export const TAKEN_NAMES = new Set([
  ...['404', '500', 'api', 'article', 'author', 'comments', 'icons', 'index', 'link', 'messages'],
  ...['metrics', 'moderation', 'offline', 'privacy', 'too-large'],
])

const pageFields = z.strictObject({
  title: optional(text.optional()),
  description: optional(text.optional()),
  /** Links stand in the order of these numbers, those without one at the end. */
  order: optional(z.number('must be a number').default(Infinity)),
  index: optional(z.boolean('must be true or false').default(false)),
})

/** Files that are no pages: the story and its author, notes to oneself, and what hosts of code show. */
const NO_PAGE = /^(?:[._].*|article\.md|author\.md|[Rr][Ee][Aa][Dd][Mm][Ee]\.md)$/
const EXTENSION = /\.md$/i

/** Lists the names of files that are pages of the publisher's own. */
export async function listPages(folder: string): Promise<string[]> {
  const files = await readdir(/*turbopackIgnore: true*/ folder)
  return files.filter((file) => EXTENSION.test(file) && !NO_PAGE.test(file)).sort()
}

/** Makes the name in a page's address of its file's: small letters and digits, with hyphens between words. */
export function pageName(file: string): string {
  const words = file
    .replace(EXTENSION, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}_]+/gu)
  return (words ?? []).join('-')
}

type ReadPage = { page: OwnPage; file: MarkdownFile; rendered: RenderedStory }

/**
 * Reads the pages of the publisher's own.
 *
 * @param problems receives a line for each problem: file, line, what is wrong, what to do
 * @returns those without a problem, in the order of their links
 */
export async function readPages(
  folder: string,
  options: {
    pictures: Pictures
    language: string | undefined
    publicFolder: string | undefined
  },
  problems: string[],
): Promise<ReadPage[]> {
  const language = options.language ?? 'en'
  const names = new Map<string, string>()
  const pages: (ReadPage & { order: number })[] = []
  for (const fileName of await listPages(folder).catch(() => [])) {
    const path = join(/*turbopackIgnore: true*/ folder, fileName)
    const name = pageName(fileName)
    const problem = nameProblem(name, names.get(name))
    names.set(name, path)
    if (problem) problems.push(`${path}: ${problem}`)
    const read = await readMarkdown(path, pageFields, problems, { isOptional: true })
    const { title, file } = takeTitle(read, read.fields?.title)
    if (!read.fields || problem) continue
    if (!title) {
      problems.push(
        `${read.locateField([])}: the page has no title; add the field "title", or begin the text with a heading: # ${fileName.replace(EXTENSION, '')}`,
      )
      continue
    }
    const rendered = await renderMarkdown(file.body, { ...options, hasFirstPicture: true })
    const { description, order, index } = read.fields
    const dir = ownDirection(rendered.text, language)
    const page = {
      name,
      address: `/${encodeURIComponent(name)}` as const,
      title: setFrenchSpaces(title, language),
      description: setFrenchSpaces(description ?? opening(rendered.html), language),
      html: rendered.html,
      ...(dir && { dir }),
      index,
    }
    pages.push({ page, file, rendered, order })
  }
  const { compare } = new Intl.Collator(langAttributes(language).lang)
  return pages.sort(
    (a, b) => (a.order === b.order ? 0 : a.order - b.order) || compare(a.page.title, b.page.title),
  )
}

function nameProblem(name: string, twin: string | undefined): string | undefined {
  if (name === '') return 'the name has no letter, so the page has no address; rename the file'
  if (twin) return `its address /${name} is also that of ${twin}; rename one of them`
  if (TAKEN_NAMES.has(name))
    return `its address /${name} is one of the site’s own; rename the file, such as ${name}-page.md`
}

/** Takes the first heading of a page without the field for its title, and out of the text that it begins. */
function takeTitle(file: MarkdownFile, field: string | undefined) {
  if (field) return { title: field, file }
  const { children } = parseMarkdown(file.body)
  const heading = children.find(({ type }) => type === 'heading')
  const title = heading && toString(heading).trim()
  if (!heading?.position || heading !== children[0]) return { title, file }
  const { start, end } = heading.position
  // Lines stay what they are, so that they can be found.
  const lines = file.body.split('\n').fill('', start.line - 1, end.line)
  return { title, file: { ...file, body: lines.join('\n') } }
}

/** Most characters that search results show, about: https://moz.com/learn/seo/meta-description */
const MAX_DESCRIPTION = 160

/** Returns the first paragraph of a page, or as many words of it as search results show. */
function opening(html: string): string {
  const start = html.indexOf('<p>')
  const end = html.indexOf('</p>', start)
  const words = descriptionOf(start < 0 || end < 0 ? html : html.slice(start, end))
  if (words.length <= MAX_DESCRIPTION) return words
  const cut = words.slice(0, MAX_DESCRIPTION)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 100)).trimEnd()}…`
}
