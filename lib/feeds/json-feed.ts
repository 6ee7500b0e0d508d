import { contentHtml, type Entry, type Feed } from '#lib/feeds/feed.ts'

/** The media type of JSON Feed. */
export const JSON_FEED_TYPE = 'application/feed+json; charset=utf-8'

/** Makes a JSON Feed 1.1 document: https://www.jsonfeed.org/version/1.1/ */
export function makeJsonFeed({ title, subtitle, url, self, language, entries }: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    description: subtitle,
    home_page_url: url,
    feed_url: self || undefined,
    language,
    items: entries.map(itemOf),
  })
}

function itemOf(entry: Entry) {
  const { id, title, summary, url, author, authorUrl, publishedAt, updatedAt, enclosure } = entry
  return {
    id,
    url,
    title,
    summary,
    content_html: contentHtml(entry.content),
    image: enclosure?.url,
    date_published: new Date(publishedAt).toISOString(),
    date_modified: new Date(updatedAt).toISOString(),
    authors: [{ name: author, url: authorUrl }],
    tags: entry.categories?.map(({ label }) => label),
    attachments: enclosure && [
      { url: enclosure.url, mime_type: enclosure.type, size_in_bytes: enclosure.length },
    ],
  }
}
