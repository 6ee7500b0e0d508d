import { clientAddress } from '#lib/http.ts'
import { getStore } from '#lib/store/index.ts'
import { dayOf, visitorHash } from '#lib/views.ts'

/**
 * Who sends this request, as a hash under today's key; with `words`, what exactly is sent. The same
 * only for the same address and browser on the same day (UTC).
 */
export async function hashVisitor(
  request: Request,
  ...words: string[]
): Promise<{ day: number; viewer: string }> {
  const day = dayOf(Date.now())
  const key = await (await getStore()).readSecret('visitors', day)
  const browser = request.headers.get('user-agent') ?? ''
  return { day, viewer: visitorHash(key, clientAddress(request), browser, ...words) }
}
