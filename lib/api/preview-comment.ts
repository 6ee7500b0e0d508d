import { requireBudget } from '#lib/api/budgets.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { isForm } from '#lib/http/request-body.ts'
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
  // Its page has the tree.
  if (isForm(request))
    return json({ error: { code: PREVIEW, message: '' } }, 200, { [SHOWS_FORM]: '1' })
  await ownTurn()
  return json({ body: parseComment(text) })
}
