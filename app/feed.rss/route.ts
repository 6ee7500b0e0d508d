import { RSS_TYPE, makeRss } from '#lib/feeds/rss.ts'
import { originOf, publicText, route } from '#lib/http/responses.ts'
import { readStoryFeed } from '#lib/feeds/story-feed.ts'

export const GET = route(async (request) => {
  const feed = await readStoryFeed(originOf(request), '/feed.rss')
  return publicText(request, makeRss(feed), RSS_TYPE)
})
