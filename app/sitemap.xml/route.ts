import { loadContent } from '#lib/content.ts'
import { originOf, publicText, route } from '#lib/http.ts'
import { makeSitemap } from '#lib/sitemap.ts'

export const GET = route(async (request) => {
  const { article } = await loadContent()
  const sitemap = makeSitemap(article, originOf(request), Date.now())
  return publicText(request, sitemap, 'application/xml; charset=utf-8')
})
