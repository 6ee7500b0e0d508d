import { makeCommentsFeed } from '#lib/feeds/comments-feed.ts'
import { FEED_TYPE } from '#lib/feeds/feed.ts'
import { originOf, publicText, route } from '#lib/http/responses.ts'

export const GET = route(async (request) =>
  publicText(request, await makeCommentsFeed(originOf(request)), FEED_TYPE),
)
