import { Changes, type Event, type Source } from '#lib/live/recent-changes.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { log } from '#lib/logging/log.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'
import words from '#messages/refusals.json' with { type: 'json' }

/** Somebody who listens from a network. */
export type Listener = {
  network: string
  /** Sends at once, or not at all to one that has not yet taken what was sent before. */
  send: (chunk: Uint8Array) => void
  end: () => void
}

/** How many may listen, from one network and in all. */
type Caps = { network: number; all: number }

/** Milliseconds. */
const BETWEEN_LOOKS = 1_000
const BETWEEN_HEARTBEATS = 15_000
/** After a break listeners come back within so many milliseconds, and not all at once. */
const RETRY = { least: 1_000, spread: 4_000 }
/** Seconds to wait for who finds no room. */
const RETRY_AFTER = 60

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(':\n\n')

/** One look at the store for all who listen, at most once a second, and none while nobody does. */
export class Live {
  readonly #changes: Changes
  readonly #caps: () => Caps
  readonly #listeners = new Set<Listener>()
  /** Those of them who have been told how things stand. */
  readonly #greeted = new Set<Listener>()
  readonly #perNetwork = new Map<string, number>()
  #last: Promise<void> | undefined
  #looked = -Infinity
  #isLooking = false
  #timer: NodeJS.Timeout | undefined
  #heart: NodeJS.Timeout | undefined
  #inTrouble = false
  #ended = false

  constructor(source: () => Promise<Source>, caps: () => Caps) {
    this.#changes = new Changes(source)
    this.#caps = caps
  }

  /** How many listen. */
  get size(): number {
    return this.#listeners.size
  }

  /** How things stand, with what has changed since the event with this id. */
  async read(since?: number): Promise<Event> {
    await this.#refresh()
    return this.#changes.since(since)
  }

  /**
   * Tells a listener how things stand, and then of every change until it leaves.
   *
   * @throws {RequestError} 429 or 503 when there is no room
   */
  async join(listener: Listener, since?: number): Promise<void> {
    this.#admit(listener)
    let event: Event
    try {
      await this.#refresh()
      // What a look finds while this is read would be heard by nobody.
      do event = await this.#changes.since(since)
      while (event.id !== this.#changes.time)
    } catch (error) {
      this.leave(listener)
      throw error
    }
    if (!this.#listeners.has(listener)) return
    const retry = Math.round(RETRY.least + Math.random() * RETRY.spread)
    listener.send(encode(event, `retry: ${retry}\n`))
    if (!this.#listeners.has(listener)) return
    this.#greeted.add(listener)
    this.#timer ??= setTimeout(() => void this.#tick(), BETWEEN_LOOKS)
    this.#heart ??= setInterval(() => this.#tell(HEARTBEAT), BETWEEN_HEARTBEATS)
  }

  leave(listener: Listener): void {
    if (!this.#listeners.delete(listener)) return
    this.#greeted.delete(listener)
    const left = this.#perNetwork.get(listener.network)! - 1
    if (left > 0) this.#perNetwork.set(listener.network, left)
    else this.#perNetwork.delete(listener.network)
    if (this.#listeners.size > 0) return
    clearTimeout(this.#timer)
    clearInterval(this.#heart)
    this.#timer = this.#heart = undefined
  }

  /** Ends every stream, for good: the process is about to stop. */
  end(): void {
    this.#ended = true
    for (const listener of this.#listeners) {
      this.leave(listener)
      listener.end()
    }
  }

  #admit(listener: Listener): void {
    const { network, all } = this.#caps()
    const fromThere = this.#perNetwork.get(listener.network) ?? 0
    if (this.#ended || this.#listeners.size >= all)
      throw new RequestError(503, 'no_room', words.noRoom, { retryAfter: RETRY_AFTER })
    if (fromThere >= network)
      throw new RequestError(429, 'too_many', words.networkListens, { retryAfter: RETRY_AFTER })
    this.#listeners.add(listener)
    this.#perNetwork.set(listener.network, fromThere + 1)
  }

  #tick = async (): Promise<void> => {
    try {
      await this.#refresh()
      this.#inTrouble = false
    } catch (error) {
      // Told once: it may last, and every act of a reader tells of it, too.
      if (!this.#inTrouble) log.error(error)
      this.#inTrouble = true
    }
    const rest = this.#looked + BETWEEN_LOOKS - performance.now()
    this.#timer =
      this.#listeners.size > 0 ? setTimeout(() => void this.#tick(), Math.ceil(rest)) : undefined
  }

  /** Looks, unless that was done just now; whoever asks meanwhile waits for the same look. */
  #refresh(): Promise<void> {
    if (this.#isLooking || performance.now() - this.#looked < BETWEEN_LOOKS) return this.#last!
    this.#looked = performance.now()
    this.#isLooking = true
    this.#last = this.#look().finally(() => (this.#isLooking = false))
    return this.#last
  }

  async #look(): Promise<void> {
    const event = await this.#changes.look()
    if (event && this.#greeted.size > 0) this.#tell(encode(event))
  }

  #tell(chunk: Uint8Array): void {
    for (const listener of this.#greeted) listener.send(chunk)
  }
}

/** The process's own. */
export const live = new Live(getStore, () => {
  const { LIVE_CONNECTIONS_PER_NETWORK, LIVE_CONNECTIONS } = getSettings()
  return { network: LIVE_CONNECTIONS_PER_NETWORK, all: LIVE_CONNECTIONS }
})

function encode({ id, ...change }: Event, before = ''): Uint8Array {
  return encoder.encode(`${before}id: ${id}\ndata: ${JSON.stringify(change)}\n\n`)
}
