import { createHash } from 'node:crypto'
import { getSettings } from '#lib/settings/settings.ts'

/** Makes the source expression that allows an inline script or style with this text. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/**
 * Makes the Content-Security-Policy of a page, which allows its own scripts and styles, and requests to its
 * own site.
 *
 * @param scripts source expressions: hashes, with 'strict-dynamic' for what these load
 * @param styles source expressions: hashes, or 'self' where the page loads its own stylesheets
 */
export function contentSecurityPolicy(scripts: string[], styles: string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ') || "'none'"}`,
    `style-src ${styles.join(' ') || "'none'"}`,
    "connect-src 'self'",
    "worker-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** The policy of a response that is no page: it loads and runs nothing. */
export const DATA_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

/** The policy of the service worker: it requests this site alone, and loads the script of the proof of work. */
export const WORKER_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The policy of a picture that is opened by itself: an SVG has its own style, and may hold pictures. */
export const PICTURE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Seconds for which browsers come back by https, two years: https://www.rfc-editor.org/rfc/rfc6797#section-6.1.1 */
const HSTS_SECONDS = 63_072_000

const SECURITY_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
}

/**
 * Makes the security headers that every response has.
 *
 * @param policy its Content-Security-Policy
 * @param https whether the client came over https, to this server or to a trusted proxy
 */
export function securityHeaders(policy: string, https: boolean): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    'content-security-policy': policy,
    ...(https && {
      'strict-transport-security': `max-age=${HSTS_SECONDS}${getSettings().HSTS_SUBDOMAINS ? '; includeSubDomains' : ''}`,
    }),
  }
}
