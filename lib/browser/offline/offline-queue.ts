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

/** What a reader did that could not be sent yet. */
export type QueuedRequest = {
  /** A later one with the same takes its place: a comment's key, or `vote-` and what it is on. */
  id: string
  path: string
  body: { text?: string; name?: string; parent?: string; vote?: string; comment?: string }
  /** Tells this one from another that takes its place. */
  at?: number
  /** Why the server would not have it: it is shown with this, and sent again only if asked. */
  refusal?: string
}

/** Told of in the page by an `outbox` event, and to the other tabs: that it waits, or what came of it. */
export type QueueEvent = { item: QueuedRequest; waits?: true; answer?: unknown }

const KEY = 'outbox'
/** That something was sent, until a page has told of it. */
const SENT = 'sent'
/** Of locks, of messages between tabs, and of what a browser is to wake the service worker for. */
const NAME = 'outbox'

let store: ReturnType<typeof createStore> | undefined
const inStore = () => (store ??= createStore('broadside', 'outbox'))
const channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME)
if (channel) channel.onmessage = ({ data }) => tellHere(data)

/** What waits, the oldest first, with what was refused. */
export async function readQueue(): Promise<QueuedRequest[]> {
  const items = (await get<QueuedRequest[]>(KEY, inStore())) ?? []
  offlineQueue.hasRequests = items.some(({ refusal }) => refusal === undefined)
  return items
}

/**
 * Keeps what could not be sent, for when the server can be reached.
 *
 * @throws where the browser keeps nothing
 */
export async function enqueue(item: QueuedRequest): Promise<void> {
  const kept: QueuedRequest = { ...item, at: Date.now() + Math.random() }
  delete kept.refusal
  await change((items) => [...items.filter(({ id }) => id !== item.id), kept])
  offlineQueue.hasRequests = true
  tell({ item: kept, waits: true })
  void wakeLater()
}

/** Tells this page of what waits since before it was opened. */
export async function announceQueue(): Promise<void> {
  for (const item of await readQueue())
    if (item.refusal === undefined) tellHere({ item, waits: true })
}

/** Whether something was sent that no page has told of yet: the one that asks is to tell. */
export async function takeUnannouncedSuccess(): Promise<boolean> {
  let sent = false
  // In one transaction: two pages may ask at the same time.
  await update<boolean>(SENT, (untold = false) => ((sent = untold), false), inStore())
  return sent
}

export async function removeFromQueue(item: QueuedRequest): Promise<void> {
  await change((items) => items.filter(({ id }) => id !== item.id))
  tell({ item })
}

/**
 * Sends what waits, the oldest first, in one tab at a time. What the server has had before, it answers
 * again: a comment by its key, a vote by its value.
 *
 * @throws what it cannot be sent for, for want of a network
 */
export function sendQueue(): Promise<void> {
  const { locks } = navigator
  return locks ? locks.request(NAME, sendAll) : sendInOrder(sendAll)
}

async function sendAll(): Promise<void> {
  for (;;) {
    const next = (await readQueue()).find(({ refusal }) => refusal === undefined)
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
    // Without a store the server takes nothing, and refuses nothing.
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
  // A browser that has no room for the note has sent it all the same.
  if (answer !== undefined) await set(SENT, true, inStore()).catch(() => {})
  tell({ item, answer })
  if (newer) tell({ item: newer, waits: true })
}

/** It is made when it is sent: it would be too old. Nothing where the browser cannot make one. */
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

/** Where the browser can, it sends them when the page is closed, too: https://wicg.github.io/background-sync/spec/ */
async function wakeLater(): Promise<void> {
  const registration = await globalThis.navigator.serviceWorker?.getRegistration()
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } }
  await sync?.register(NAME).catch(() => {})
}
