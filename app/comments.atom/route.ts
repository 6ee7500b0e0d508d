import { makeCommentsFeed } from '#lib/feeds/comments-feed.ts'
import { ATOM_TYPE } from '#lib/feeds/atom.ts'
import { publicText } from '#lib/http/responses.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { route } from '#lib/api/route.ts'
import { sharedAnswer } from '#lib/api/shared-answer.ts'

export const GET = route(async (request) => {
  const feed = await sharedAnswer('comments.atom', () => makeCommentsFeed(siteOrigin()))
  return publicText(request, feed, ATOM_TYPE)
})
