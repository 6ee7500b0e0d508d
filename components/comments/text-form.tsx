'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { CommentPreview } from '#components/comments/comment-preview.tsx'
import type { TextFormState } from '#components/comments/use-text-form.ts'
import { loadComponent } from '#components/ui/load-component.tsx'
import { Field } from '#components/ui/field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { PREVIEW } from '#lib/rejected-form.ts'
import messages from '#messages/comments.json' with { type: 'json' }

/** Most readers write nothing. Without the script there are no tools, and the form works all the same. */
const LoadedTools = loadComponent(() =>
  import('#components/comments/formatting-tools.tsx').then((module) => module.FormattingTools),
)

export type TextFormLabels = {
  /** The name of the form, where it has no heading. */
  name?: string
  heading?: ReactNode
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
  const [isWriting, setWriting] = useState(false)
  useEffect(() => {
    // It may have got the focus before it was hydrated.
    setWriting(form.current!.contains(document.activeElement))
  }, [form])
  return (
    <form
      ref={form}
      id={id}
      method="post"
      action={`${action}#${id}`}
      aria-label={labels.name}
      aria-labelledby={labels.heading ? `${id}-heading` : undefined}
      onSubmit={submit}
      noValidate
      className="mt-1"
    >
      {labels.heading && (
        <h3 id={`${id}-heading`} className="font-sans text-base font-semibold">
          {labels.heading}
        </h3>
      )}
      <p role="alert" className="problem">
        {problems.message}
      </p>
      {children?.(problems.fields)}
      <Field
        id={`${field}-text`}
        name="text"
        label={labels.label}
        problem={problems.fields.text}
        help={messages.help}
        tools={
          <div className="min-h-touch">{isWriting && <LoadedTools field={`${field}-text`} />}</div>
        }
      >
        {(props) => (
          <textarea
            {...props}
            rows={5}
            // The text is locked while it is sent: a change would be lost.
            readOnly={sending === 'text'}
            onFocus={() => setWriting(true)}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            defaultValue={typed?.text ?? text}
            className="ruled-paper block field-sizing-content max-h-32 min-h-10 w-full px-hair"
          />
        )}
      </Field>
      <div role="status">{preview && <CommentPreview nodes={preview} />}</div>
      <p className="mt-0.5 flex flex-wrap gap-1 font-sans text-base font-semibold">
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
