import { loadContent } from '#lib/story/content.ts'
import { publicText } from '#lib/http/responses.ts'
import { originOf } from '#lib/http/request-origin.ts'
import { route } from '#lib/api/route.ts'
import { makeSitemap } from '#lib/metadata/sitemap.ts'

export const GET = route(async (request) => {
  const { article } = await loadContent()
  const sitemap = makeSitemap(article, originOf(request), Date.now())
  return publicText(request, sitemap, 'application/xml; charset=utf-8')
})
