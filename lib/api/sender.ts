import { networkHashes, visitorHash } from '#lib/api/network.ts'
import { identifyReader, type IdentifiedReader } from '#lib/api/reader-cookie.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { getStore } from '#lib/store/index.ts'
import { dayOf } from '#lib/time.ts'

/** What a request says of who sent it. Networks are keyed hashes: no address can be read from them. */
export type Sender = IdentifiedReader & {
  /** The sender's network for one day. */
  network: string
  /** The sender's network for longer than a day, for bans alone. */
  banNetworkHash: string
}

/** Finds out who sends a request that changes something; a reader without a cookie becomes a new one. */
export async function identify(request: Request): Promise<Sender> {
  const reader = await identifyReader(request)
  const network = await identifyNetwork(request)
  return { ...reader, network, banNetworkHash: await identifyNetworkForBans(request) }
}

/**
 * Hashes the address and browser of a request under the key of the day (UTC): nothing links a visitor's
 * hashes of two days.
 *
 * @param words what is sent, where the hash is to be of that as well
 */
export async function identifyVisitor(
  request: Request,
  ...words: string[]
): Promise<{ day: number; viewer: string }> {
  const { day, key } = await getDayKey()
  const browser = request.headers.get('user-agent') ?? ''
  return { day, viewer: visitorHash(key, clientAddress(request), browser, ...words) }
}

/** Hashes the network that a request comes from under the key of the day (UTC). */
export async function identifyNetwork(request: Request): Promise<string> {
  const { key } = await getDayKey()
  return networkHashes(key, clientAddress(request))[0]!
}

/** Hashes the network that a request comes from under a lasting key, which is for bans alone. */
export async function identifyNetworkForBans(request: Request): Promise<string> {
  return networkHashes(await (await getStore()).readSecret('bans'), clientAddress(request))[0]!
}

async function getDayKey(): Promise<{ day: number; key: string }> {
  const day = dayOf(Date.now())
  return { day, key: await (await getStore()).readSecret('visitors', day) }
}
