import { Changes, type Event, type Source } from '#lib/live/recent-changes.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { log } from '#lib/logging/log.ts'
import { NETWORK_FACTORS } from '#lib/settings/limits.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/** A client that gets live updates; `networks` in the order of `NETWORK_FACTORS`. */
export type Listener = {
  networks: string[]
  /** Sends a chunk at once, or disconnects a client that has not taken earlier ones. */
  send: (chunk: Uint8Array) => void
  end: () => void
}

/** Most listeners of one network, a multiple of which wider ones may have, and of this process. */
type MaxListeners = { network: number; all: number }

/** Milliseconds between polls of the store, and between heartbeats. */
const POLL_INTERVAL = 1_000
const HEARTBEAT_INTERVAL = 15_000
/** Milliseconds after which clients reconnect, spread so that not all come at once. */
const RETRY = { least: 1_000, spread: 4_000 }
/** Seconds after which a rejected client may try again. */
const RETRY_AFTER = 60

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(':\n\n')

/** Polls the store for all listeners together, once a second, and not at all while there are none. */
export class Live {
  readonly #changes: Changes
  readonly #caps: () => MaxListeners
  readonly #listeners = new Set<Listener>()
  /** Listeners that have got their first event. */
  readonly #greeted = new Set<Listener>()
  readonly #perNetwork = new Map<string, number>()
  #lastPoll: Promise<void> | undefined
  #polledAt = -Infinity
  #isPolling = false
  #timer: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #isFailing = false
  #ended = false

  constructor(source: () => Promise<Source>, caps: () => MaxListeners) {
    this.#changes = new Changes(source)
    this.#caps = caps
  }

  /** The number of listeners. */
  get size(): number {
    return this.#listeners.size
  }

  /** Returns the totals, with the comments that changed since the event with this id. */
  async read(since?: number): Promise<Event> {
    await this.#refresh()
    return this.#changes.since(since)
  }

  /**
   * Sends a listener the totals and what it has missed, then every change until it leaves.
   *
   * @throws {RequestError} 429 or 503 when there is no room
   */
  async join(listener: Listener, since?: number): Promise<void> {
    this.#admit(listener)
    let event: Event
    try {
      await this.#refresh()
      // Reads again when a poll has found changes meanwhile: they were not sent to this listener.
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
    this.#timer ??= setTimeout(() => void this.#tick(), POLL_INTERVAL)
    this.#heartbeat ??= setInterval(() => this.#broadcast(HEARTBEAT), HEARTBEAT_INTERVAL)
  }

  leave(listener: Listener): void {
    if (!this.#listeners.delete(listener)) return
    this.#greeted.delete(listener)
    for (const network of listener.networks) {
      const left = this.#perNetwork.get(network)! - 1
      if (left > 0) this.#perNetwork.set(network, left)
      else this.#perNetwork.delete(network)
    }
    if (this.#listeners.size > 0) return
    clearTimeout(this.#timer)
    clearInterval(this.#heartbeat)
    this.#timer = this.#heartbeat = undefined
  }

  /** Ends every stream and accepts no more listeners: the process is about to stop. */
  end(): void {
    this.#ended = true
    for (const listener of this.#listeners) {
      this.leave(listener)
      listener.end()
    }
  }

  #admit(listener: Listener): void {
    const { network, all } = this.#caps()
    const listening = listener.networks.map((network) => this.#perNetwork.get(network) ?? 0)
    if (this.#ended || this.#listeners.size >= all)
      throw new RequestError(503, 'no_room', messages.noRoom, { retryAfter: RETRY_AFTER })
    if (listening.some((count, i) => count >= network * NETWORK_FACTORS[i]!))
      throw new RequestError(429, 'too_many', messages.networkListens, { retryAfter: RETRY_AFTER })
    this.#listeners.add(listener)
    listener.networks.forEach((name, i) => this.#perNetwork.set(name, listening[i]! + 1))
  }

  #tick = async (): Promise<void> => {
    try {
      await this.#refresh()
      this.#isFailing = false
    } catch (error) {
      // Logged once: a failure may last, and each request that meets it logs it, too.
      if (!this.#isFailing) log.error(error)
      this.#isFailing = true
    }
    const rest = this.#polledAt + POLL_INTERVAL - performance.now()
    this.#timer =
      this.#listeners.size > 0 ? setTimeout(() => void this.#tick(), Math.ceil(rest)) : undefined
  }

  /** Polls the store, unless that was done within the last second; callers share one poll. */
  #refresh(): Promise<void> {
    if (this.#isPolling || performance.now() - this.#polledAt < POLL_INTERVAL)
      return this.#lastPoll!
    this.#polledAt = performance.now()
    this.#isPolling = true
    this.#lastPoll = this.#poll().finally(() => (this.#isPolling = false))
    return this.#lastPoll
  }

  async #poll(): Promise<void> {
    const event = await this.#changes.poll()
    if (event && this.#greeted.size > 0) this.#broadcast(encode(event))
  }

  #broadcast(chunk: Uint8Array): void {
    for (const listener of this.#greeted) listener.send(chunk)
  }
}

/** The live updates of this process. */
export const live = new Live(getStore, () => {
  const { LIVE_CONNECTIONS_PER_NETWORK, LIVE_CONNECTIONS } = getSettings()
  return { network: LIVE_CONNECTIONS_PER_NETWORK, all: LIVE_CONNECTIONS }
})

function encode({ id, ...change }: Event, before = ''): Uint8Array {
  return encoder.encode(`${before}id: ${id}\ndata: ${JSON.stringify(change)}\n\n`)
}
