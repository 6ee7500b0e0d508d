import { loadContent } from '#lib/story/content.ts'
import { publicText } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { route } from '#lib/api/route.ts'
import { makeSitemap } from '#lib/metadata/sitemap.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

export const GET = route(async (request) => {
  const origin = siteOrigin()
  // A sitemap has whole addresses alone: https://www.sitemaps.org/protocol.html
  if (!origin) throw new RequestError(404, 'not_found', messages.nothingHere)
  const { article, pages } = await loadContent()
  const sitemap = makeSitemap(article, origin, Date.now(), pages)
  return publicText(request, sitemap, 'application/xml; charset=utf-8')
})
