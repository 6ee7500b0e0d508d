import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '#lib/logging/log.ts'
import { signMessage } from '#lib/server/webhook-signature.ts'
import type { Delivery, Store } from '#lib/store/index.ts'
import { DAY } from '#lib/time.ts'

/** The publisher's address that is told of comments to review, and the secret that signs the messages. */
export type Webhook = { url: string; secret: string }
type DeliveryQueue = Pick<Store, 'claimDelivery' | 'postponeDelivery' | 'endDelivery'>

/** Milliseconds that the receiver may take to answer. */
const RESPONSE_TIMEOUT = 10_000
/** Milliseconds that a delivery belongs to one process; after them, that one must have died over it. */
const CLAIM = 30_000
/** Milliseconds between two looks for a delivery that is due. */
const POLL_INTERVAL = 1_000
/** Milliseconds before the second attempt; each further pause is twice as long, up to the longest. */
const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 60 * 60 * 1_000

/**
 * Sends the deliveries in the store until the returned function is called, which waits for the one on its
 * way. A message may come twice, when a process ends before it has noted that the first was taken: its
 * `id` is the same.
 *
 * @param moderationUrl the address of the moderation pages
 */
export function runWebhook(
  webhook: Webhook,
  moderationUrl: string,
  getQueue: () => Promise<DeliveryQueue>,
): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const sendDue = async () => {
    while (!signal.aborted && (await sendNext(webhook, moderationUrl, await getQueue(), signal)));
  }
  const run = async () => {
    let isFailing = false
    while (!signal.aborted) {
      try {
        await sendDue()
        isFailing = false
      } catch (error) {
        // Logged once: the store may be out of reach for long.
        if (!isFailing) log.error(error)
        isFailing = true
      }
      await sleep(POLL_INTERVAL, undefined, { signal }).catch(() => {})
    }
  }
  const running = run()
  return () => {
    stopping.abort()
    return running
  }
}

/** Sends the delivery that is due longest, and tells whether there was one. */
async function sendNext(
  webhook: Webhook,
  moderationUrl: string,
  queue: DeliveryQueue,
  stop: AbortSignal,
): Promise<boolean> {
  const delivery = await queue.claimDelivery(CLAIM)
  if (!delivery) return false
  const { id, kind, comment, attempts, createdAt } = delivery
  const isErased = comment.createdAt === null
  const failure = isErased ? undefined : await send(delivery, webhook, moderationUrl, stop)
  if (failure === undefined) await queue.endDelivery(id)
  // The next process need not wait for what this one had to break off.
  else if (stop.aborted) await queue.postponeDelivery(id, Date.now())
  else if (Date.now() - createdAt < DAY) await queue.postponeDelivery(id, nextAttempt(attempts))
  else {
    await queue.endDelivery(id)
    log.error(
      { kind, comment: comment.id, attempts, failure },
      'The webhook failed for a day; the message was dropped',
    )
  }
  if (failure !== undefined && attempts === 1 && !stop.aborted)
    log.warn({ kind, failure }, 'The webhook failed; it is retried for a day')
  return true
}

/**
 * Posts a delivery. The message names the comment and why it waits, and holds nothing that a reader
 * wrote: that stays where it can be erased.
 *
 * @returns what went wrong, if anything did: the status, or the name of the error
 */
async function send(
  { id, kind, comment, reason }: Delivery,
  { url, secret }: Webhook,
  moderationUrl: string,
  stop: AbortSignal,
): Promise<string | undefined> {
  const about = { ...comment, reason, url: `${moderationUrl}/comment?id=${comment.id}` }
  const body = JSON.stringify({ id, kind, comment: about })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Broadside',
        ...signMessage({ id, body }, secret, Date.now()),
      },
      body,
      // It would lead to where the publisher has not sent us.
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(RESPONSE_TIMEOUT)]),
    })
    await response.body?.cancel()
    if (!response.ok) return String(response.status)
  } catch (error) {
    // The message may hold the address, which is a secret with some receivers.
    const { name, cause } = error as Error
    return (cause as NodeJS.ErrnoException | undefined)?.code ?? name
  }
}

/** Returns the time of the attempt after this many, in milliseconds. */
function nextAttempt(attempts: number): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
  // A quarter more or less, so that not all come at once.
  return Math.round(Date.now() + pause * (0.75 + Math.random() / 2))
}
