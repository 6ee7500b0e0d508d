import { createHmac } from 'node:crypto'

/** A message to the webhook: its id, which stays the same when it is sent again, and its JSON. */
export type WebhookMessage = { id: string; body: string }

/**
 * Makes the headers by which a receiver knows that a message comes from this site and is new: those of
 * Standard Webhooks (https://www.standardwebhooks.com), and the one that was there before them.
 *
 * @param secret as in WEBHOOK_SECRET: `whsec_` and base64, or plain text
 * @param time when the message is sent, in milliseconds
 */
export function signMessage(
  { id, body }: WebhookMessage,
  secret: string,
  time: number,
): Record<string, string> {
  const seconds = Math.floor(time / 1_000)
  const ownSignature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature.digest('base64')}`,
    'x-broadside-signature': `t=${seconds},v1=${ownSignature}`,
  }
}

const PREFIX = 'whsec_'

function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret)
}
