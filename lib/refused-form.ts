/** A form that came without script and was refused: shown again with what was typed. */
export type RefusedForm = {
  /** Where it was sent. */
  path: string
  values: Record<string, string>
  /** The refusal's stable word. */
  code: string
  message: string
  fields: Record<string, string>
}

/**
 * The request header in which `server.ts` hands a refused form to the comments page; it is removed
 * from every request that comes from outside.
 */
export const REFUSED_FORM_HEADER = 'x-broadside-refused-form'

export function encodeRefusedForm(form: RefusedForm): string {
  return encodeURIComponent(JSON.stringify(form))
}

export function decodeRefusedForm(header: string | null): RefusedForm | undefined {
  return header ? (JSON.parse(decodeURIComponent(header)) as RefusedForm) : undefined
}

/** A refused form's token that is still good: one that came too soon need not wait anew. */
export function unspentToken({ code, values }: RefusedForm): string | undefined {
  return code.startsWith('form_') ? undefined : values.token
}
