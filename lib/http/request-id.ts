import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { getSettings } from '#lib/settings/settings.ts'

export const REQUEST_ID = 'x-request-id'

type Identified = IncomingMessage & { id?: string }

/** As proxies make them: a UUID, hexadecimal digits, base64. */
const SANE = /^[\w.:+/=-]{8,128}$/

const process = randomBytes(9).toString('base64url')
let count = 0

/** The name of a request in logs: what a trusted proxy calls it, else one that is made here. */
export function requestId(incoming: Identified): string {
  return (incoming.id ??= claimedId(incoming) ?? `${process}-${(count++).toString(36)}`)
}

function claimedId({ headers, socket }: IncomingMessage): string | undefined {
  const claimed = headers[REQUEST_ID]
  if (claimed === undefined || !getSettings().trustsProxy(socket.remoteAddress ?? '', 0)) return
  return SANE.test(String(claimed)) ? String(claimed) : undefined
}
