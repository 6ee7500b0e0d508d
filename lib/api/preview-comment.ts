import { parseComment } from '#lib/comments/comment-markdown.ts'
import { json, SHOWS_FORM } from '#lib/http/responses.ts'
import { PREVIEW } from '#lib/rejected-form.ts'

/** How a text will look: its tree, or for a form without script the form itself, with the text below. */
export function previewOf(text: string): Response {
  const shown = { body: parseComment(text), error: { code: PREVIEW, message: '' } }
  return json(shown, 200, { [SHOWS_FORM]: '1' })
}
