import { publicText } from '#lib/http/responses.ts'
import { canonicalUrl } from '#lib/metadata/canonical-url.ts'
import { route } from '#lib/api/route.ts'

/** https://www.rfc-editor.org/rfc/rfc9309 */
export const GET = route(async (request) => {
  const sitemap = canonicalUrl('/sitemap.xml')
  const lines = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /moderation',
    '',
    ...(sitemap ? [`Sitemap: ${sitemap}`, ''] : []),
  ]
  return publicText(request, lines.join('\n'), 'text/plain; charset=utf-8')
})
