import type { CommentNode } from '#lib/comments/comment-markdown.ts'

/** A form that came without script and is shown again with what was typed: refused, or to be looked at. */
export type RejectedForm = {
  /** Where it was sent. */
  path: string
  values: Record<string, string>
  /** The refusal's stable word, or `PREVIEW`. */
  code: string
  message: string
  fields: Record<string, string>
}

/** What a form needs that is sent without script: made for each reader by the server. */
export type ServerFormProps = {
  formKey?: string | undefined
  token?: string | undefined
  rejected?: RejectedForm | undefined
  /** The tree of the text of `rejected`, where its writer asked how it will look. */
  preview?: CommentNode[] | undefined
}

/** The code of a form that is shown again because its writer asked how it will look. */
export const PREVIEW = 'preview'

/** A refused form's token that is still good: one that came too soon need not wait anew. */
export function unspentToken({ code, values }: RejectedForm): string | undefined {
  return code.startsWith('form_') ? undefined : values.token
}

/** What a form at a comment does. */
export type FormKind = 'reply' | 'edit' | 'delete' | 'report'
export const FORM_KINDS: FormKind[] = ['reply', 'edit', 'delete', 'report']

/** The form that stands open at a comment. */
export type OpenForm = { id: string; kind: FormKind }

/** At which comment a refused form stands; nothing for the form of a new comment. */
export function openForm({ path, values }: RejectedForm): OpenForm | undefined {
  const [, id, rest] = path.match(/^\/api\/comments\/([^/]+)(\/reports)?$/) ?? []
  if (id) return { id, kind: rest ? 'report' : values.act === 'delete' ? 'delete' : 'edit' }
  if (path === '/api/comments' && values.parent) return { id: values.parent, kind: 'reply' }
}
