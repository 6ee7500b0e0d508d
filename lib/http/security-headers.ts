import { createHash } from 'node:crypto'

/** The source expression for an inline script or style with this text. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/**
 * The Content-Security-Policy of a page: nothing but its own scripts and styles, and requests to
 * where it came from.
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

/** For answers that are no pages: they load and run nothing. */
export const DATA_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

/** For the service worker: it asks this site alone, and loads the script of the proof of work. */
export const WORKER_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Two years: https://www.rfc-editor.org/rfc/rfc6797#section-7.2 */
const STRICT_TRANSPORT_SECURITY = 'max-age=63072000; includeSubDomains'

const SECURITY_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
}

/**
 * What every answer carries.
 *
 * @param policy its Content-Security-Policy
 * @param https whether the reader came over https, here or at the proxy in front
 */
export function securityHeaders(policy: string, https: boolean): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    'content-security-policy': policy,
    ...(https && { 'strict-transport-security': STRICT_TRANSPORT_SECURITY }),
  }
}
