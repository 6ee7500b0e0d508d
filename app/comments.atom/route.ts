import { createHash } from 'node:crypto'
import { makeCommentsFeed } from '#lib/comments-feed.ts'
import { FEED_TYPE } from '#lib/feed.ts'
import { originOf, route } from '#lib/http.ts'

export const GET = route(async (request) => {
  const feed = await makeCommentsFeed(originOf(request))
  const etag = `"${createHash('sha256').update(feed).digest('base64url').slice(0, 22)}"`
  const headers = { 'cache-control': 'public, max-age=60', etag }
  const known = request.headers.get('if-none-match')
  if (known === '*' || known?.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(feed, { headers: { ...headers, 'content-type': FEED_TYPE } })
})
