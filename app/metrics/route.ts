import { json } from '#lib/http/responses.ts'
import { errorBody, RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { METRICS_TYPE, readMetrics } from '#lib/server/metrics.ts'
import { bearerOf, isSameSecret } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'

export const GET = route(async (request) => {
  const { METRICS_SECRET } = getSettings()
  if (METRICS_SECRET === undefined)
    throw new RequestError(404, 'not_found', 'There is nothing at this address.')
  if (!isSameSecret(bearerOf(request) ?? '', METRICS_SECRET))
    return json(errorBody('wrong_secret', 'Send METRICS_SECRET as a bearer token.'), 401, {
      'www-authenticate': 'Bearer',
    })
  return new Response(await readMetrics(), {
    headers: { 'content-type': METRICS_TYPE, 'cache-control': 'no-store' },
  })
})
