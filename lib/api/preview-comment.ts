import { requireBudget } from '#lib/api/budgets.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { json, SHOWS_FORM } from '#lib/http/responses.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { ownTurn } from '#lib/own-turn.ts'
import { PREVIEW } from '#lib/rejected-form.ts'

/**
 * Answers with the tree of a text as it will be shown. A form without script gets its page again instead,
 * with the text as it will be shown below the form.
 *
 * @throws {RequestError} 429 when the client's network has sent many texts
 */
export async function previewComment(request: Request, text: string): Promise<Response> {
  requireBudget('texts', clientAddress(request))
  await ownTurn()
  const shown = { body: parseComment(text), error: { code: PREVIEW, message: '' } }
  return json(shown, 200, { [SHOWS_FORM]: '1' })
}
