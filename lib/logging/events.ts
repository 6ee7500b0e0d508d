import { channel } from 'node:diagnostics_channel'

/**
 * Tells those who log and count; it costs next to nothing while nobody listens. A channel is the
 * process's: under `next start`, each of Next's bundles has this module and speaks on the same ones.
 */
export const requests = channel('broadside.requests')
export const commits = channel('broadside.commits')
/** Errors, as they are logged. */
export const failures = channel('broadside.failures')

/** A request whose answer has ended. */
export type Answered = {
  id: string
  method: string
  /** The pattern of its address, such as `/api/comments/[id]`. */
  route: string
  status: number
  /** Sent with head and body; a part of it where the client left. */
  bytes: number
  milliseconds: number
  /** The client left before it had all. */
  left: boolean
}

/** Writes that shared a transaction: what became of each, or why none of them is kept. */
export type Commit = {
  /** Such as `vote`. */
  kind: string
  size: number
  seconds: number
  outputs?: unknown[] | undefined
}
