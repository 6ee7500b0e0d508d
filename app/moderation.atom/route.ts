import { ATOM_TYPE } from '#lib/feeds/atom.ts'
import { siteOrigin } from '#lib/metadata/canonical-url.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { sharedAnswer } from '#lib/api/shared-answer.ts'
import { makeModerationFeed, MAX_ENTRIES } from '#lib/feeds/moderation-feed.ts'
import { isSameSecret } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

export const GET = route(async (request) => {
  const { FEED_SECRET } = getSettings()
  const key = new URL(request.url).searchParams.get('key') ?? ''
  if (FEED_SECRET === undefined || !isSameSecret(key, FEED_SECRET))
    throw new RequestError(404, 'not_found', 'There is nothing at this address.')
  const feed = await sharedAnswer('moderation.atom', async () =>
    makeModerationFeed(siteOrigin(), await (await getStore()).readPending(MAX_ENTRIES)),
  )
  return new Response(feed, {
    headers: {
      'content-type': ATOM_TYPE,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    },
  })
})
