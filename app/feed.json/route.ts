import { JSON_FEED_TYPE, makeJsonFeed } from '#lib/json-feed.ts'
import { originOf, publicText, route } from '#lib/http.ts'
import { readStoryFeed } from '#lib/story-feed.ts'

export const GET = route(async (request) => {
  const feed = await readStoryFeed(originOf(request), '/feed.json')
  return publicText(request, makeJsonFeed(feed), JSON_FEED_TYPE)
})
