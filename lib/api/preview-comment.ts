import { parseComment } from '#lib/comments/comment-markdown.ts'
import { json, SHOWS_FORM } from '#lib/http/responses.ts'
import { PREVIEW } from '#lib/rejected-form.ts'

/**
 * Answers with the tree of a text as it will be shown. A form without script gets its page again instead,
 * with the text as it will be shown below the form.
 */
export function previewComment(text: string): Response {
  const shown = { body: parseComment(text), error: { code: PREVIEW, message: '' } }
  return json(shown, 200, { [SHOWS_FORM]: '1' })
}
