'use client'

import type { ReactNode } from 'react'
import { CommentPreview } from '#components/comments/comment-preview.tsx'
import type { TextFormState } from '#components/comments/use-text-form.ts'
import { Field } from '#components/ui/field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { PREVIEW } from '#lib/rejected-form.ts'
import messages from '#messages/comments.json' with { type: 'json' }

export type TextFormLabels = {
  heading: ReactNode
  /** The label of the text area. */
  label: string
  button: string
  /** The text of the button while the form is being sent. */
  sending: string
}

/**
 * Draws a form with a text area, its preview, and what is wrong with it.
 *
 * @param act what the button does, where the address of the form is for more than that
 * @param field the id of the text area, without `-text`
 * @param text what stands in the text area, unless the reader has typed something else
 * @param children the fields above the text area, drawn with what is wrong with them
 */
export function TextForm({
  id,
  action,
  act,
  labels,
  state: { form, problems, sending, preview, typed, submit, type },
  field,
  text,
  cancel,
  children,
}: {
  id: string
  action: string
  act?: string
  labels: TextFormLabels
  state: TextFormState
  field: string
  text?: string | undefined
  cancel?: ReactNode
  children?: (problems: Record<string, string>) => ReactNode
}) {
  return (
    <form
      ref={form}
      id={id}
      method="post"
      action={`${action}#${id}`}
      aria-labelledby={`${id}-heading`}
      onSubmit={submit}
      noValidate
      className="mt-2 border border-ink p-1.5"
    >
      <h3 id={`${id}-heading`} className="text-heading font-bold">
        {labels.heading}
      </h3>
      <p role="alert" className="font-sans text-base font-semibold text-accent empty:hidden">
        {problems.message}
      </p>
      {children?.(problems.fields)}
      <Field
        id={`${field}-text`}
        name="text"
        label={labels.label}
        problem={problems.fields.text}
        help={messages.help}
      >
        {(props) => (
          <textarea
            {...props}
            rows={5}
            // The text is locked while it is sent: a change would be lost.
            readOnly={sending === 'text'}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            defaultValue={typed?.text ?? text}
            className="ruled-paper block field-sizing-content max-h-32 min-h-10 w-full px-hair"
          />
        )}
      </Field>
      <div role="status">{preview && <CommentPreview nodes={preview} />}</div>
      <p className="mt-1 flex flex-wrap gap-1 font-sans text-base font-semibold">
        <SubmitButton isSending={sending !== undefined} name={act && 'act'} value={act}>
          {sending === 'text' ? labels.sending : labels.button}
        </SubmitButton>
        <button name="act" value={PREVIEW} className="min-h-button border border-ink px-1">
          {messages.preview}
        </button>
        {cancel}
      </p>
    </form>
  )
}
