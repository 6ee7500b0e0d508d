import { NETWORK_FACTORS } from '#lib/settings/limits.ts'

/** Parts of a minute for which a bucket holds tokens: five seconds' worth may be spent at once. */
const BURSTS_PER_MINUTE = 12
/** Most networks that are remembered: those that asked last, in a few megabytes. */
const MOST_NETWORKS = 10_000
const MINUTE = 60_000

type Bucket = { tokens: number; at: number }

/**
 * Limits how much each network may ask of this process (https://en.wikipedia.org/wiki/Token_bucket). Buckets
 * refill when they are looked at, and a network that is forgotten has a full one.
 */
export class TokenBuckets {
  /** The networks that asked longest ago come first. */
  readonly #buckets = new Map<string, Bucket>()
  readonly #perMinute: number

  /** @param perMinute tokens that the narrowest network of an address gets in a minute */
  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /**
   * Takes a token from each of the networks of an address, or from none of them.
   *
   * @param networks as `networksOf` lists them
   * @param now a monotonic time in milliseconds
   * @returns undefined when each had one; else the seconds until each will have
   */
  take(networks: string[], now = performance.now()): number | undefined {
    const buckets = networks.map((network, i) => this.#refill(network, this.#rate(i), now))
    const waits = buckets.map(({ tokens }, i) => (1 - tokens) / this.#rate(i))
    const wait = Math.max(...waits)
    if (wait > 0) return Math.ceil((wait * MINUTE) / 1_000)
    for (const bucket of buckets) bucket.tokens -= 1
  }

  /** Returns the tokens that the network at this place in the list gets in a minute. */
  #rate(index: number): number {
    return this.#perMinute * NETWORK_FACTORS[index]!
  }

  #refill(network: string, perMinute: number, now: number): Bucket {
    const most = Math.max(1, perMinute / BURSTS_PER_MINUTE)
    const bucket = this.#buckets.get(network) ?? { tokens: most, at: now }
    const gained = (perMinute * (now - bucket.at)) / MINUTE
    bucket.tokens = Math.min(most, bucket.tokens + gained)
    bucket.at = now
    this.#buckets.delete(network)
    this.#buckets.set(network, bucket)
    if (this.#buckets.size > MOST_NETWORKS) this.#buckets.delete(this.#buckets.keys().next().value!)
    return bucket
  }
}
