import { channel } from 'node:diagnostics_channel'

/*
 * Channels on which the log and the metrics listen; publishing costs next to nothing while nobody
 * does. A channel belongs to the process, so each of Next's bundles that has a copy of this module
 * publishes on the same ones.
 */

/** Channel of requests that were answered; messages are `AnsweredRequest`. */
export const requests = channel('broadside.requests')
/** Channel of transactions that write; messages are `Commit`. */
export const commits = channel('broadside.commits')
/** Channel of errors that were logged; messages are what was thrown. */
export const failures = channel('broadside.failures')

/** A request whose answer has ended. */
export type AnsweredRequest = {
  id: string
  method: string
  /** The pattern of its path, such as `/api/comments/[id]`. */
  route: string
  status: number
  /** Bytes of head and body that were sent. */
  bytes: number
  milliseconds: number
  /** Whether the client closed the connection before it had the whole answer. */
  left: boolean
}

/** One transaction of one or more writes of a kind. */
export type Commit = {
  /** The kind of write, such as `vote`. */
  kind: string
  /** How many writes shared it. */
  size: number
  seconds: number
  /** The result of each write; missing when the transaction failed. */
  outputs?: unknown[] | undefined
}
