import { makeCommentsFeed } from '#lib/feeds/comments-feed.ts'
import { ATOM_TYPE } from '#lib/feeds/atom.ts'
import { publicText } from '#lib/http/responses.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { route } from '#lib/api/route.ts'

export const GET = route(async (request) =>
  publicText(request, await makeCommentsFeed(siteOrigin()), ATOM_TYPE),
)
