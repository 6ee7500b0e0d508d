import type { IncomingMessage } from 'node:http'
import { refuseUnavailable } from '#lib/api/unavailable.ts'
import { REQUEST_DEADLINE } from '#lib/deadline.ts'
import { logRecurring } from '#lib/logging/log.ts'

/** Milliseconds that are left for showing a form again, which reads the store, too. */
export const RESHOW_TIME = 1_000

/**
 * Refuses a request that the store leaves without an answer. The time counts from its beginning, but for that
 * in which the client is waited for: a body that comes slowly has its own limit.
 */
export function inTime(
  answer: Promise<Response>,
  request: Request,
  incoming: IncomingMessage,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let left = REQUEST_DEADLINE - RESHOW_TIME
    let startedAt = 0
    let timer: NodeJS.Timeout | undefined
    const refuse = () => {
      logRecurring(new Error('A request was not answered in time'))
      resolve(refuseUnavailable(request))
    }
    const stop = () => {
      if (!timer) return
      clearTimeout(timer)
      timer = undefined
      left -= performance.now() - startedAt
    }
    const start = () => {
      stop()
      startedAt = performance.now()
      timer = setTimeout(refuse, left)
    }
    // A body is read while it flows; it rests while nobody has asked for it yet.
    incoming.on('resume', stop).on('pause', start).on('end', start)
    start()
    answer.then(resolve, reject).finally(() => {
      incoming.off('resume', stop).off('pause', start).off('end', start)
      stop()
    })
  })
}
