import { JSON_FEED_TYPE, makeJsonFeed } from '#lib/feeds/json-feed.ts'
import { publicText } from '#lib/http/responses.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { route } from '#lib/api/route.ts'
import { readStoryFeed } from '#lib/feeds/story-feed.ts'

export const GET = route(async (request) => {
  const feed = await readStoryFeed(siteOrigin(), '/feed.json')
  return publicText(request, makeJsonFeed(feed), JSON_FEED_TYPE)
})
