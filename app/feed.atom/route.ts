import { FEED_TYPE, makeFeed } from '#lib/feeds/feed.ts'
import { originOf, publicText, route } from '#lib/http/responses.ts'
import { readStoryFeed } from '#lib/feeds/story-feed.ts'

export const GET = route(async (request) => {
  const feed = await readStoryFeed(originOf(request), '/feed.atom')
  return publicText(request, makeFeed(feed), FEED_TYPE)
})
