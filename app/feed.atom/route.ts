import { ATOM_TYPE, makeAtomFeed } from '#lib/feeds/atom.ts'
import { publicText } from '#lib/http/responses.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { route } from '#lib/api/route.ts'
import { readStoryFeed } from '#lib/feeds/story-feed.ts'

export const GET = route(async (request) => {
  const feed = await readStoryFeed(siteOrigin(), '/feed.atom')
  return publicText(request, makeAtomFeed(feed), ATOM_TYPE)
})
