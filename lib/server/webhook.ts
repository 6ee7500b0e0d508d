import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '#lib/logging/log.ts'
import type { Delivery, Store } from '#lib/store/index.ts'
import { DAY } from '#lib/time.ts'

/** Where the publisher is told of what waits, and the key that the messages are signed with. */
export type Webhook = { url: string; secret: string }
type Deliveries = Pick<Store, 'claimDelivery' | 'postponeDelivery' | 'endDelivery'>

/** How long the other side may take, in milliseconds. */
const PATIENCE = 10_000
/** A delivery is tried by one process alone; after so long, that one must have died over it. */
const CLAIM = 30_000
const BETWEEN_LOOKS = 1_000
/** Before the second attempt; then twice as long each time, up to the longest. */
const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 60 * 60 * 1_000

/**
 * Sends what waits in the store until the function that it gives back is called. A message may come
 * twice, when a process ends before it has noted that the first was taken: its `id` is the same.
 *
 * @param desk the address of the moderation desk
 */
export function runWebhook(webhook: Webhook, desk: string, store: Deliveries): () => Promise<void> {
  const stopping = new AbortController()
  const run = async () => {
    let inTrouble = false
    while (!stopping.signal.aborted) {
      try {
        while (!stopping.signal.aborted && (await sendNext(webhook, desk, store, stopping.signal)));
        inTrouble = false
      } catch (error) {
        // Told once: the store may be out of reach for long.
        if (!inTrouble) log.error(error)
        inTrouble = true
      }
      await sleep(BETWEEN_LOOKS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = run()
  return () => {
    stopping.abort()
    return running
  }
}

/** Sends the delivery that is due longest; answers whether there was one. */
async function sendNext(
  webhook: Webhook,
  desk: string,
  store: Deliveries,
  stop: AbortSignal,
): Promise<boolean> {
  const delivery = await store.claimDelivery(CLAIM)
  if (!delivery) return false
  const { id, kind, comment, attempts, createdAt } = delivery
  const failure = comment.createdAt === null ? undefined : await send(delivery, webhook, desk, stop)
  if (failure === undefined) await store.endDelivery(id)
  // The next process need not wait for what this one had to break off.
  else if (stop.aborted) await store.postponeDelivery(id, Date.now())
  else if (Date.now() - createdAt < DAY) await store.postponeDelivery(id, nextAttempt(attempts))
  else {
    await store.endDelivery(id)
    log.error({ kind, comment: comment.id, attempts, failure }, 'The webhook was not told')
  }
  if (failure !== undefined && attempts === 1 && !stop.aborted)
    log.warn({ kind, failure }, 'The webhook does not answer; it is tried again for a day')
  return true
}

/**
 * Posts a delivery; answers with what went wrong, if anything did. It names the comment and says why
 * it waits, and holds nothing that a reader wrote: that stays where it can be erased.
 */
async function send(
  { id, kind, comment, reason }: Delivery,
  { url, secret }: Webhook,
  desk: string,
  stop: AbortSignal,
): Promise<string | undefined> {
  const about = { ...comment, reason, url: `${desk}/comment?id=${comment.id}` }
  const body = JSON.stringify({ id, kind, comment: about })
  const time = Math.floor(Date.now() / 1_000)
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Broadside',
        'x-broadside-signature': `t=${time},v1=${signature}`,
      },
      body,
      // It would lead to where the publisher has not sent us.
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]),
    })
    await response.body?.cancel()
    if (!response.ok) return String(response.status)
  } catch (error) {
    // The message may hold the address, which is a secret with some receivers.
    const { name, cause } = error as Error
    return (cause as NodeJS.ErrnoException | undefined)?.code ?? name
  }
}

function nextAttempt(attempts: number): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
  // A quarter more or less, so that not all come at once.
  return Math.round(Date.now() + pause * (0.75 + Math.random() / 2))
}
