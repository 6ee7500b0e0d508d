import type { ErrorBody } from '#lib/http/request-error.ts'
import { pageOfForm } from '#lib/api/form-page.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/**
 * The codes of refusals whose form is not shown again: what was too large is still in the browser; text from
 * another site, or in an encoding that is not read, is not shown at all.
 */
const NEVER_RESHOWN = new Set([
  'too_large',
  'unsupported_charset',
  'unsupported_coding',
  'wrong_origin',
])
/** Forms on pages that are the same for everyone, and so cannot show what was typed. */
const WITHOUT_PAGE = new Set(['/api/erasure'])

/** A page that is the same for everyone and answers a rejected form. */
export type RefusalDocument = 'too-large' | 'privacy'

/** Tells whether a form sent to `path` and refused with `code` is shown again with what was typed. */
export function isReshown(path: string, code: string): boolean {
  return !NEVER_RESHOWN.has(code) && !WITHOUT_PAGE.has(path)
}

/**
 * Finds the page that answers a form sent to `path` and refused with `code`, where it is not shown again;
 * without one, a sentence does. The form of an erasure leads to the place of that page that says what to do.
 */
export function refusalDocument(path: string, code: string): RefusalDocument | undefined {
  if (code === 'too_large') return 'too-large'
  return path === '/api/erasure' && code === 'invalid' ? 'privacy' : undefined
}

/**
 * Finds the page that shows a rejected form again, and makes what that page needs for it. A password is
 * never shown again.
 *
 * @param target where the form was sent: path and query
 * @param body the form, URL-encoded
 */
export function reshowForm(
  target: string,
  body: string,
  { code, message, fields = {} }: ErrorBody['error'],
): { path: string; query: URLSearchParams; rejected: RejectedForm } {
  const { password: _, ...values } = typedValues(body)
  const page = pageOfForm(target.split('?')[0]!, values)
  return { ...page, rejected: { path: target, values, code, message, fields } }
}

/** Parses a form as it was typed, even one that is refused as unreadable; CR LF becomes LF. */
function typedValues(body: string): Record<string, string> {
  const fields = [...new URLSearchParams(body)]
  return Object.fromEntries(fields.map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]))
}
