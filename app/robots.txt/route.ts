import { publicText } from '#lib/http/responses.ts'
import { originOf } from '#lib/http/request-origin.ts'
import { route } from '#lib/api/route.ts'

/** https://www.rfc-editor.org/rfc/rfc9309 */
export const GET = route(async (request) => {
  const lines = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /moderation',
    '',
    `Sitemap: ${originOf(request)}/sitemap.xml`,
    '',
  ]
  return publicText(request, lines.join('\n'), 'text/plain; charset=utf-8')
})
