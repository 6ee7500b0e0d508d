import { makeCommentsFeed } from '#lib/feeds/comments-feed.ts'
import { ATOM_TYPE } from '#lib/feeds/atom.ts'
import { publicText } from '#lib/http/responses.ts'
import { originOf } from '#lib/http/request-origin.ts'
import { route } from '#lib/api/route.ts'

export const GET = route(async (request) =>
  publicText(request, await makeCommentsFeed(originOf(request)), ATOM_TYPE),
)
