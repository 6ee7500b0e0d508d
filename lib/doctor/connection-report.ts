import { CLAIMED, connectionOf } from '#lib/http/connection.ts'
import { isHttps } from '#lib/http/request-origin.ts'
import { bearerOf, isSameSecret } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

/** How a request came here, for `npm run doctor`. */
export type DescribedConnection = {
  connection?: {
    /** Something in front named the client's address. */
    forwarded: boolean
    /** TRUSTED_PROXIES has it, so that this counts. */
    trusted: boolean
    https: boolean
  }
}

/** For who knows what is in this store; nothing for others. No address is told. */
export async function describeConnection(request: Request): Promise<DescribedConnection> {
  const bearer = bearerOf(request)
  if (!bearer || !isSameSecret(bearer, await getDoctorSecret())) return {}
  const peer = connectionOf(request)?.socket?.remoteAddress ?? ''
  return {
    connection: {
      forwarded: request.headers.has(CLAIMED),
      trusted: getSettings().trustsProxy(peer, 0),
      https: isHttps(request),
    },
  }
}

/** The name of what `npm run doctor` finds in the store and shows the site that it asks. */
export const DOCTOR_SECRET = 'doctor'

export async function getDoctorSecret(): Promise<string> {
  return (await getStore()).readSecret(DOCTOR_SECRET)
}
