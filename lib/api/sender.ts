import { networkHashes, visitorHash } from '#lib/api/network.ts'
import { identifyReader, type IdentifiedReader } from '#lib/api/reader-cookie.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { getStore } from '#lib/store/index.ts'
import { dayOf } from '#lib/time.ts'

/** What a request says of who sent it. Networks are keyed hashes: no address can be read from them. */
export type Sender = IdentifiedReader & {
  /** The sender's networks for one day, in the order of `NETWORK_FACTORS`. */
  networks: string[]
  /** The sender's networks for longer than a day, for bans alone. */
  banNetworks: string[]
}

/** Finds out who sends a request that changes something; a reader without a cookie becomes a new one. */
export async function identify(request: Request): Promise<Sender> {
  const reader = await identifyReader(request)
  const networks = await identifyNetworks(request)
  return { ...reader, networks, banNetworks: await identifyNetworksForBans(request) }
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

/** Hashes the networks that a request comes from under the key of the day (UTC). */
export async function identifyNetworks(request: Request): Promise<string[]> {
  const { key } = await getDayKey()
  return networkHashes(key, clientAddress(request))
}

/**
 * Hashes the networks that a request comes from under a lasting key, which is for bans alone. Of IPv6 a ban
 * is for the /56: one household would else move to another /64. It is for no /48, which many may share; a
 * ban from before the /56 counted still holds for its /64.
 */
export async function identifyNetworksForBans(request: Request): Promise<string[]> {
  const key = await (await getStore()).readSecret('bans')
  return networkHashes(key, clientAddress(request)).slice(0, 2)
}

async function getDayKey(): Promise<{ day: number; key: string }> {
  const day = dayOf(Date.now())
  return { day, key: await (await getStore()).readSecret('visitors', day) }
}
