import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Article, dateModified, loadContent } from '#lib/story/content.ts'
import { formatDay } from '#lib/i18n/dates.ts'
import { type Enclosure, type Feed, feedId } from '#lib/feeds/feed.ts'
import { pictureFile } from '#lib/story/picture-files.ts'
import { linearHtml } from '#lib/story/markdown.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { fill } from '#lib/i18n/messages.ts'
import { element, type Xml } from '#lib/xml.ts'
import { localDayOf } from '#lib/story/publication-time.ts'
import messages from '#messages/story.json' with { type: 'json' }

/**
 * Reads the whole story as a feed of one entry.
 *
 * @param origin of the site; empty where it does not know its own: then addresses are relative
 * @param path of the feed in one format, such as `/feed.atom`
 */
export async function readStoryFeed(origin: string, path: string): Promise<Feed> {
  // Without the resized pictures: feed readers get the publisher's own.
  const { article } = await loadContent(undefined, undefined, {})
  return {
    id: feedId(origin, path, article.title),
    title: SITE_NAME,
    subtitle: article.description,
    url: `${origin}/`,
    self: origin && origin + path,
    language: article.language,
    startedAt: Date.parse(article.date),
    entries: [
      {
        // The address may come to have another story; a headline may be corrected.
        id: origin ? `${origin}/#${localDayOf(article.date)}` : feedId('', '/', article.title),
        title: article.title,
        summary: article.description,
        url: `${origin}/`,
        author: article.author,
        authorUrl: `${origin}/author`,
        publishedAt: Date.parse(article.date),
        updatedAt: Date.parse(dateModified(article)),
        content: { html: withOrigin(contentOf(article), origin) },
        categories: article.categories.map((label) => ({ term: label, label })),
        enclosure: article.image && (await enclosureOf(article.image.src, origin)),
      },
    ],
  }
}

/** Makes the HTML of what the page shows between headline and votes. */
function contentOf(article: Article): string {
  const { image, inspiredBy, sources, corrections, language } = article
  const references = (list: Article['sources']) =>
    list.map(({ title, address }) => element('a', { href: address }, title))
  return [
    ...(image ? [figure(image)] : []),
    linearHtml(article.html),
    ...list(messages.inspiredBy, references(inspiredBy)),
    ...list(messages.sources, references(sources)),
    ...list(
      messages.corrections,
      corrections.map(({ date, text }) =>
        fill(messages.correction, { date: formatDay(date, language), correction: text }),
      ),
    ),
  ].join('\n')
}

function figure({ src, alt, caption, credit }: NonNullable<Article['image']>): Xml {
  const below = [caption, credit].filter((text) => text !== undefined).join(' ')
  return element(
    'figure',
    {},
    element('img', { src, alt }),
    ...(below ? [element('figcaption', {}, below)] : []),
  )
}

function list(heading: string, items: (Xml | string)[]): Xml[] {
  if (items.length === 0) return []
  const lines = items.map((item) => element('li', {}, item))
  return [element('h2', {}, heading), element('ul', {}, ...lines)]
}

/** Makes addresses of links and pictures whole; without an origin, only those within the page change. */
function withOrigin(html: string, origin: string): string {
  const whole = (address: string) =>
    origin && !URL.canParse(address)
      ? (URL.parse(address, origin)?.href ?? address)
      : address.replace(/^#/, '/#')
  return html.replace(/<(?:a|img)(?:\s+[\w-]+(?:="[^"]*")?)*\s*\/?>/g, (tag) =>
    tag.replace(
      /(\s(?:href|src)=")([^"]*)/,
      (_, start: string, address: string) => start + whole(address),
    ),
  )
}

/** Media types of pictures by file extension. */
const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

/** Describes a picture's file; returns nothing for a format that is not in `TYPES`. */
async function enclosureOf(src: string, origin: string): Promise<Enclosure | undefined> {
  const type = TYPES[extname(src).toLowerCase()]
  if (!type) return
  const { size } = await stat(pictureFile(src))
  return { url: origin + src, type, length: size }
}
