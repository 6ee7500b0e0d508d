import type { ErrorBody } from '#lib/http/request-error.ts'
import { refusedAt } from '#lib/api/form-page.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/** What was too large is still in the browser; text from another site is not ours to show. */
const NEVER_RESHOWN = new Set([
  'too_large',
  'unsupported_charset',
  'unsupported_coding',
  'wrong_origin',
])
/** Forms whose page is the same for everyone, so that it cannot say what was refused. */
const WITHOUT_PAGE = new Set(['/api/erasure'])

/** Tells whether a form sent to `path` and refused with `code` is shown again with what was typed. */
export function isReshown(path: string, code: string): boolean {
  return !NEVER_RESHOWN.has(code) && !WITHOUT_PAGE.has(path)
}

/**
 * Finds the page that shows a refused form again, and what that page needs for it. A password is never
 * shown again.
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
  const page = refusedAt(target.split('?')[0]!, values)
  return { ...page, rejected: { path: target, values, code, message, fields } }
}

/** Reads what was typed, even where it is refused as unreadable; with the line ends as typed. */
function typedValues(body: string): Record<string, string> {
  const fields = [...new URLSearchParams(body)]
  return Object.fromEntries(fields.map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]))
}
