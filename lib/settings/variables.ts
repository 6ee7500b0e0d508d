import { isIP } from 'node:net'
import { z } from 'zod'

/*
 * The kinds of environment variables. Each schema reads the variable's text; its messages follow the
 * variable's name, as in `PORT must be a whole number from 0 to 65535, found "x"`.
 */

/** Makes the schema of a number in decimal digits, from `min` to `max`. */
export function wholeNumber(options: { default: number; min: number; max: number }) {
  const { min, max } = options
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: ({ input }) => `must be a whole number from ${min} to ${max}, found "${input}"`,
    })
    .transform(Number)
    .prefault(String(options.default))
}

/** Makes the schema of a choice between words; the first one is the default. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]) {
  const choices = words.map((word) => `"${word}"`).join(' or ')
  return z
    .enum(words, { error: ({ input }) => `must be ${choices}, found "${input}"` })
    .prefault(words[0])
}

/** Makes the schema of a secret of at least so many characters; an error does not repeat it. */
export function secret(minLength: number) {
  return z
    .string()
    .refine((text) => [...text].length >= minLength, `must have at least ${minLength} characters`)
    .optional()
}

const HOST_NAME = /^[a-z\d][\w.-]*$/i

/**
 * Makes the schema of an address or a name to listen on. Brackets, which URLs have around an IPv6
 * address, may be there and are left out.
 */
export function listenHost() {
  return z
    .string()
    .transform((text) => text.trim().replace(/^\[([^[\]]*)\]$/, '$1'))
    .refine((host) => isIP(host) !== 0 || HOST_NAME.test(host), {
      error: ({ input }) =>
        `must be an address or a name of this machine without a port, such as 127.0.0.1 or ::1, found "${input}"`,
    })
    .optional()
}

/**
 * Makes the schema of a site's origin, such as `https://example.org`, as browsers write it: in small
 * letters, an international name in Punycode, without the protocol's own port and without a slash at the
 * end. An error does not repeat an address that may hold a password.
 */
export function origin() {
  return z
    .string()
    .trim()
    .refine(
      (address) => !MAY_HOLD_PASSWORD.test(address.normalize('NFKC')),
      'must not contain a user name or password; give only the site, such as https://example.org',
    )
    .refine(isOrigin, {
      error: ({ input }) =>
        `must be an address without a path or query, such as https://example.org, found "${input}"`,
      when: ({ issues }) => issues.length === 0,
    })
    .transform((address) => new URL(address).origin)
    .optional()
}

/** Matches what stands before a host in an address, also where it is misspelled. */
const MAY_HOLD_PASSWORD = /@|%40/i

const LOCAL_HOST = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Makes the schema of an address that gets POST requests. An error does not repeat it: with some
 * receivers the address is a secret.
 */
export function webhookAddress() {
  return z
    .string()
    .refine(
      isSafeToPostTo,
      'must be an https address, or an http address on this machine such as http://localhost:8080',
    )
    .refine(
      (address) => !hasCredentials(address),
      'must not contain a user name or password; WEBHOOK_SECRET signs each message',
    )
    .transform((address) => new URL(address).href)
    .optional()
}

function isOrigin(address: string): boolean {
  return /^https?:\/\/[^\s/\\?#]+\/?$/i.test(address) && URL.canParse(address)
}

function isSafeToPostTo(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL_HOST.test(url.hostname))
}

function hasCredentials(address: string): boolean {
  const url = URL.parse(address)
  return Boolean(url?.username || url?.password)
}
