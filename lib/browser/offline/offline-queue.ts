import { createStore, get, set, update } from 'idb-keyval'
import {
  sendWithRetry,
  type ApiError,
  callApi,
  sendInOrder,
  isUnsent,
  offlineQueue,
} from '#lib/browser/api-client.ts'
import { makeProof } from '#lib/browser/proof-of-work.ts'

/** A vote or a comment that could not be sent yet. */
export type QueuedRequest = {
  /** A comment’s key, or `vote-` and the comment’s id. A later request with the same id replaces this one. */
  id: string
  path: string
  body: { text?: string; name?: string; parent?: string; vote?: string; comment?: string }
  /**
   * When it was queued, in UTC milliseconds with a random fraction: distinguishes it from its replacement.
   */
  at?: number
  /** Why the server refused it. It is shown to the reader, and sent again only on request. */
  refusal?: string
}

/**
 * The detail of an `outbox` event, which this page and other tabs get: that the request waits, or the answer
 * to it.
 */
export type QueueEvent = { item: QueuedRequest; waits?: true; answer?: unknown }

const KEY = 'outbox'
/** Key of a flag: something was sent, and no page has told the reader yet. */
const SENT = 'sent'
/** Name of the lock, of the channel between tabs, and of the tag for background sync. */
const NAME = 'outbox'

let store: ReturnType<typeof createStore> | undefined
const inStore = () => (store ??= createStore('broadside', 'outbox'))
const channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME)
if (channel) channel.onmessage = ({ data }) => tellHere(data)

/** Returns the queued requests, the oldest first, with those that were refused. */
export async function readOfflineQueue(): Promise<QueuedRequest[]> {
  const items = (await get<QueuedRequest[]>(KEY, inStore())) ?? []
  offlineQueue.hasRequests = items.some(({ refusal }) => refusal === undefined)
  return items
}

/**
 * Queues a request until the server can be reached.
 *
 * @throws where the browser stores nothing
 */
export async function enqueue(item: QueuedRequest): Promise<void> {
  const kept: QueuedRequest = { ...item, at: Date.now() + Math.random() }
  delete kept.refusal
  await change((items) => [...items.filter(({ id }) => id !== item.id), kept])
  offlineQueue.hasRequests = true
  tell({ item: kept, waits: true })
  void wakeLater()
}

/** Dispatches an event for each request that was queued before this page was opened. */
export async function announceQueue(): Promise<void> {
  for (const item of await readOfflineQueue())
    if (item.refusal === undefined) tellHere({ item, waits: true })
}

/**
 * Tells whether something was sent that no page has told the reader, and clears that: the caller is to tell.
 */
export async function takeUnannouncedSuccess(): Promise<boolean> {
  let sent = false
  // In one transaction: two pages may ask at the same time.
  await update<boolean>(SENT, (untold = false) => ((sent = untold), false), inStore())
  return sent
}

/** Discards a queued request. */
export async function removeFromQueue(item: QueuedRequest): Promise<void> {
  await change((items) => items.filter(({ id }) => id !== item.id))
  tell({ item })
}

/**
 * Sends the queued requests, the oldest first, in one tab at a time. Sending twice is safe: the server knows
 * a comment by its key, and a vote by its value.
 *
 * @throws {ApiError} where the server cannot be reached
 */
export function sendQueue(): Promise<void> {
  const { locks } = navigator
  return locks ? locks.request(NAME, sendAll) : sendInOrder(sendAll)
}

async function sendAll(): Promise<void> {
  for (;;) {
    const next = (await readOfflineQueue()).find(({ refusal }) => refusal === undefined)
    if (!next) return
    await send(next)
  }
}

async function send(item: QueuedRequest): Promise<void> {
  let answer: unknown
  let refusal: string | undefined
  try {
    const token = item.body.vote ? undefined : await proof()
    answer = await sendWithRetry(
      (token) => callApi('POST', item.path, { ...item.body, token }),
      token,
    )
  } catch (error) {
    const { status, fields, message } = error as ApiError
    // A 503 is no refusal: the server's store was not available.
    if (!fields || status === 503 || isUnsent(error as ApiError)) throw error
    refusal = Object.values(fields)[0] ?? message
  }
  let newer: QueuedRequest | undefined
  await change((items) => {
    newer = items.find(({ id, at }) => id === item.id && at !== item.at)
    return items.flatMap((other) =>
      other.id !== item.id || other === newer
        ? [other]
        : refusal === undefined
          ? []
          : [{ ...item, refusal }],
    )
  })
  // If there is no space for the flag, the request was sent all the same.
  if (answer !== undefined) await set(SENT, true, inStore()).catch(() => {})
  tell({ item, answer })
  if (newer) tell({ item: newer, waits: true })
}

/** Makes a proof of work just before sending, because it expires; undefined where the browser cannot. */
async function proof(): Promise<string | undefined> {
  try {
    return await makeProof()
  } catch (error) {
    const { name } = error as Error
    if (name === 'TypeError' || name === 'TimeoutError') throw error
  }
}

function change(by: (items: QueuedRequest[]) => QueuedRequest[]): Promise<void> {
  return update<QueuedRequest[]>(KEY, (items = []) => by(items), inStore())
}

function tell(told: QueueEvent): void {
  tellHere(told)
  channel?.postMessage(told)
}

function tellHere(detail: QueueEvent): void {
  dispatchEvent(new CustomEvent('outbox', { detail }))
}

/**
 * Has the browser send the queue after the page is closed, where it can:
 * https://wicg.github.io/background-sync/spec/
 */
async function wakeLater(): Promise<void> {
  const registration = await globalThis.navigator.serviceWorker?.getRegistration()
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } }
  await sync?.register(NAME).catch(() => {})
}
