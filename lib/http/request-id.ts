import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { getSettings } from '#lib/settings/settings.ts'

/** The header that holds a request's id. */
export const REQUEST_ID = 'x-request-id'

type RequestWithIdSlot = IncomingMessage & { id?: string }

/** Ids as proxies make them: a UUID, hexadecimal digits, base64. */
const PLAUSIBLE = /^[\w.:+/=-]{8,128}$/

const processId = randomBytes(9).toString('base64url')
let count = 0

/** Returns the id of a request for logs: the one a trusted proxy sent, else one that is made here. */
export function requestId(incoming: RequestWithIdSlot): string {
  return (incoming.id ??= claimedId(incoming) ?? `${processId}-${(count++).toString(36)}`)
}

function claimedId({ headers, socket }: IncomingMessage): string | undefined {
  const claimed = headers[REQUEST_ID]
  if (claimed === undefined || !getSettings().trustsProxy(socket.remoteAddress ?? '', 0)) return
  return PLAUSIBLE.test(String(claimed)) ? String(claimed) : undefined
}
