import type { IncomingMessage } from 'node:http'
import { refuseUnavailable } from '#lib/api/unavailable.ts'
import { REQUEST_DEADLINE } from '#lib/deadline.ts'
import { logRecurring } from '#lib/logging/log.ts'

/** Milliseconds that are left for showing a form again, which reads the store, too. */
export const RESHOW_TIME = 1_000

/** Refuses a request that the store leaves without an answer; a body that comes slowly has its own limit. */
export function inTime(
  answer: Promise<Response>,
  request: Request,
  incoming: IncomingMessage,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const refuse = () => {
      logRecurring(new Error('A request was not answered in time'))
      resolve(refuseUnavailable(request))
    }
    const begin = () => (timer = setTimeout(refuse, REQUEST_DEADLINE - RESHOW_TIME))
    if (hasBody(incoming) && !incoming.complete) incoming.once('end', begin)
    else begin()
    answer.then(resolve, reject).finally(() => {
      incoming.off('end', begin)
      clearTimeout(timer)
    })
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
}
