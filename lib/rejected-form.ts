import type { CommentNode } from '#lib/comments/comment-markdown.ts'

/** A form that was sent without script and is shown again with what was typed: refused, or previewed. */
export type RejectedForm = {
  /** The path and query that it was sent to. */
  path: string
  /** What was typed, by the names of the fields; never a password. */
  values: Record<string, string>
  /** The stable word of the refusal, or `PREVIEW`. */
  code: string
  message: string
  /** A sentence for each wrong field, by its name. */
  fields: Record<string, string>
}

/** The props of a form that only the server can give, for a form that is sent without script. */
export type ServerFormProps = {
  /** The key under which the new comment is stored once. */
  formKey?: string | undefined
  /** Shows when the form was made; see `lib/api/challenge.ts`. */
  token?: string | undefined
  rejected?: RejectedForm | undefined
  /** The tree of the text in `rejected`, where its writer asked for a preview. */
  preview?: CommentNode[] | undefined
}

/** The code of a form that is shown again because its writer asked for a preview. */
export const PREVIEW = 'preview'

/** Returns why a form was rejected, in one sentence: what is wrong with its first wrong field, if any is. */
export function firstProblem({
  fields,
  message,
}: Pick<RejectedForm, 'fields' | 'message'>): string {
  return Object.values(fields)[0] ?? message
}

/** Returns a rejected form's token where it can be used again, so that its writer need not wait anew. */
export function unspentToken({ code, values }: RejectedForm): string | undefined {
  return code.startsWith('form_') ? undefined : values.token
}

/** The kinds of forms that open at a comment. */
export type FormKind = 'reply' | 'edit' | 'delete' | 'report'
export const FORM_KINDS: FormKind[] = ['reply', 'edit', 'delete', 'report']

/** A form that is open, and the comment at which it is. */
export type OpenForm = { id: string; kind: FormKind }

/** Finds the comment at which a rejected form is open; nothing for the form of a new comment. */
export function openForm({ path, values }: RejectedForm): OpenForm | undefined {
  const [, id, rest] = path.match(/^\/api\/comments\/([^/]+)(\/reports)?$/) ?? []
  if (id) return { id, kind: rest ? 'report' : values.act === 'delete' ? 'delete' : 'edit' }
  if (path === '/api/comments' && values.parent) return { id: values.parent, kind: 'reply' }
}
