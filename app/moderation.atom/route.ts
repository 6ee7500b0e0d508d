import { createHash, timingSafeEqual } from 'node:crypto'
import { FEED_TYPE } from '#lib/feed.ts'
import { originOf, RequestError, route } from '#lib/http.ts'
import { makeModeratorsFeed, MOST_WAITING } from '#lib/moderators-feed.ts'
import { getSettings } from '#lib/settings.ts'
import { getStore } from '#lib/store/index.ts'

export const GET = route(async (request) => {
  const { feedSecret } = getSettings()
  const key = new URL(request.url).searchParams.get('key') ?? ''
  if (feedSecret === undefined || !isSame(key, feedSecret))
    throw new RequestError(404, 'not_found', 'There is nothing at this address.')
  const waiting = await (await getStore()).readWaiting(MOST_WAITING)
  return new Response(makeModeratorsFeed(originOf(request), waiting), {
    headers: {
      'content-type': FEED_TYPE,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    },
  })
})

/** Takes as long whatever the first difference is; hashes are of one length. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
