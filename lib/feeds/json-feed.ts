import type { Entry, Feed } from '#lib/feeds/feed.ts'
import { htmlOf } from '#lib/feeds/feed-content.ts'

export const JSON_FEED_TYPE = 'application/feed+json; charset=utf-8'

/** The feed as JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/ */
export function makeJsonFeed({ title, subtitle, url, self, language, entries }: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    description: subtitle,
    home_page_url: url,
    feed_url: self,
    language,
    items: entries.map(itemOf),
  })
}

function itemOf(entry: Entry) {
  const { id, title, summary, url, author, authorUrl, publishedAt, updatedAt, picture } = entry
  return {
    id,
    url,
    title,
    summary,
    content_html: htmlOf(entry.content),
    image: picture?.url,
    date_published: new Date(publishedAt).toISOString(),
    date_modified: new Date(updatedAt).toISOString(),
    authors: [{ name: author, url: authorUrl }],
    tags: entry.categories?.map(({ label }) => label),
    attachments: picture && [
      { url: picture.url, mime_type: picture.type, size_in_bytes: picture.length },
    ],
  }
}
