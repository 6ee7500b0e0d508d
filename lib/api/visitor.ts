import { clientAddress } from '#lib/http/request-origin.ts'
import { getStore } from '#lib/store/index.ts'
import { networkHash, visitorHash } from '#lib/api/network.ts'
import { dayOf } from '#lib/time.ts'

/**
 * Who sends this request, as a hash under today's key; with `words`, what exactly is sent. The same
 * only for the same address and browser on the same day (UTC).
 */
export async function hashVisitor(
  request: Request,
  ...words: string[]
): Promise<{ day: number; viewer: string }> {
  const { day, key } = await today()
  const browser = request.headers.get('user-agent') ?? ''
  return { day, viewer: visitorHash(key, clientAddress(request), browser, ...words) }
}

/** The network that this request comes from, as a hash under today's key. */
export async function hashNetwork(request: Request): Promise<string> {
  const { key } = await today()
  return networkHash(key, clientAddress(request))
}

/** The same for longer than a day, under a key for nothing else: by it a network may be banned. */
export async function hashNetworkForBans(request: Request): Promise<string> {
  return networkHash(await (await getStore()).readSecret('bans'), clientAddress(request))
}

async function today(): Promise<{ day: number; key: string }> {
  const day = dayOf(Date.now())
  return { day, key: await (await getStore()).readSecret('visitors', day) }
}
