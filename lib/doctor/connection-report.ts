import { CLAIMED, connectionOf } from '#lib/http/connection.ts'
import { isHttps } from '#lib/http/request-origin.ts'
import { bearerOf, isSameSecret } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

/** How a request reached this process, for `npm run doctor`. */
export type ConnectionReport = {
  connection?: {
    /** Whether a proxy named the client's address in X-Forwarded-For. */
    forwarded: boolean
    /** Whether TRUSTED_PROXIES includes that proxy. */
    trusted: boolean
    https: boolean
  }
}

/**
 * Reports how a request came, to a request that proves by its bearer token that it reads the same
 * store; to others nothing. The report has no address.
 */
export async function reportConnection(request: Request): Promise<ConnectionReport> {
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

/** The name of the secret in the store by which `npm run doctor` proves that it reads the same store. */
export const DOCTOR_SECRET = 'doctor'

/** Returns the doctor's secret, and makes it where there is none. */
export async function getDoctorSecret(): Promise<string> {
  return (await getStore()).readSecret(DOCTOR_SECRET)
}
