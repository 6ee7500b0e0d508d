import { makeCommentsFeed } from '#lib/comments-feed.ts'
import { FEED_TYPE } from '#lib/feed.ts'
import { originOf, publicText, route } from '#lib/http.ts'

export const GET = route(async (request) =>
  publicText(request, await makeCommentsFeed(originOf(request)), FEED_TYPE),
)
