'use client'

import { type FormEvent, useRef, useState } from 'react'
import { v4 as newKey } from 'uuid'
import { ApiError, prove, sendComment } from '#lib/api.ts'
import { type Comment, nameProblem, textProblem } from '#lib/comments.ts'
import type { RefusedForm } from '#lib/refused-form.ts'

type Problems = { message?: string; fields: Record<string, string> }

/**
 * @param formKey the key and `token` that a form without script carries, when the server renders the
 *   form anew for each reader.
 */
export function CommentForm({
  onPosted,
  refused,
  formKey,
  token,
}: {
  onPosted: (comment: Comment) => void
  refused?: RefusedForm
  formKey?: string
  token?: string
}) {
  const [problems, setProblems] = useState<Problems>(refused ? problemsOf(refused) : { fields: {} })
  const [sending, setSending] = useState(false)
  /** Stays the same until the comment is known to be posted, so that sending again is safe. */
  const key = useRef<string>(undefined)
  /** Made while the reader writes, good for one comment. */
  const proof = useRef<ReturnType<typeof prove>>(undefined)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (sending) return
    const form = event.currentTarget
    const entries = new FormData(form)
    const name = String(entries.get('name')).trim()
    const text = String(entries.get('text'))
    const fields = definedOnly({ name: nameProblem(name), text: textProblem(text) })
    setProblems({ fields })
    if (focusFirst(form, fields)) return

    key.current ??= newKey()
    setSending(true)
    try {
      const topic = String(entries.get('topic'))
      const token = (await proof.current) ?? (await prove())
      proof.current = undefined
      const comment = await sendComment({ name, text, key: key.current, topic, token })
      key.current = undefined
      // Not reset(): that would bring back what a refused form was shown with.
      for (const field of ['name', 'text']) fieldOf(form, field).value = ''
      onPosted(comment)
    } catch (error) {
      const { code, message, fields } = error as ApiError
      if (code === 'key_used') key.current = undefined
      setProblems(problemsOf({ message, fields }))
      focusFirst(form, fields)
    } finally {
      setSending(false)
    }
  }

  return (
    <form
      id="leave-a-reply"
      method="post"
      action="/api/comments#leave-a-reply"
      aria-labelledby="leave-a-reply-heading"
      onSubmit={submit}
      noValidate
      className="mt-2 border border-ink p-1.5"
    >
      <h3 id="leave-a-reply-heading" className="text-[1.3125rem] font-bold">
        Leave a reply
      </h3>
      <p role="alert" className="font-sans text-base font-semibold text-accent empty:hidden">
        {problems.message}
      </p>
      {formKey && <input type="hidden" name="key" value={formKey} />}
      {token && <input type="hidden" name="token" value={token} />}
      <p aria-hidden className="sr-only">
        <label>
          Leave this empty <input name="topic" tabIndex={-1} autoComplete="off" />
        </label>
      </p>
      <Field name="name" label="Name" problem={problems.fields.name}>
        {(props) => (
          <input
            {...props}
            autoComplete="name"
            defaultValue={refused?.values.name}
            className="h-[2.8125rem] w-full border-b border-ink px-[0.25rem]"
          />
        )}
      </Field>
      <Field
        name="text"
        label="Comment"
        problem={problems.fields.text}
        help="You can write *emphasis*, **strong**, `code`, > quotes, lists and links."
      >
        {(props) => (
          <textarea
            {...props}
            rows={5}
            onInput={() => (proof.current ??= prove())}
            defaultValue={refused?.values.text}
            className="ruled-paper block field-sizing-content max-h-[30rem] min-h-[9.375rem] w-full px-[0.25rem]"
          />
        )}
      </Field>
      <button
        aria-disabled={sending}
        className="mt-1 min-h-[3rem] bg-ink px-1.5 font-sans text-base font-semibold text-paper hover:bg-accent aria-disabled:opacity-60"
      >
        {sending ? 'Posting…' : 'Post comment'}
      </button>
    </form>
  )
}

/** A label above, help and what is wrong below, tied to the control for those who cannot see them. */
function Field({
  name,
  label,
  help,
  problem,
  children,
}: {
  name: string
  label: string
  help?: string
  problem: string | undefined
  children: (props: {
    id: string
    name: string
    required: true
    'aria-invalid': boolean
    'aria-describedby': string | undefined
  }) => React.ReactNode
}) {
  const helpId = `${name}-help`
  const problemId = `${name}-problem`
  const describedBy = [problem && problemId, help && helpId].filter(Boolean).join(' ')
  return (
    <div className="mt-1">
      <label
        htmlFor={`comment-${name}`}
        className="mb-[0.25rem] block font-sans text-base font-semibold"
      >
        {label}
      </label>
      {children({
        id: `comment-${name}`,
        name,
        required: true,
        'aria-invalid': problem !== undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {problem && (
        <p id={problemId} className="mt-[0.25rem] font-sans text-base font-semibold text-accent">
          {problem}
        </p>
      )}
      {help && (
        <p id={helpId} className="mt-[0.25rem] font-sans text-sm text-soft">
          {help}
        </p>
      )}
    </div>
  )
}

/** What is wrong with a field stands by the field. */
function problemsOf({ message, fields }: { message: string } & Problems): Problems {
  const marked = fields.name || fields.text
  return {
    message: `Your comment was not posted. ${marked ? 'Please correct what is marked.' : message}`,
    fields,
  }
}

function definedOnly(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, problem]) => problem)) as Record<
    string,
    string
  >
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement
}

/** Moves to the first field with a problem; false when there is none. */
function focusFirst(form: HTMLFormElement, fields: Record<string, string>): boolean {
  const name = ['name', 'text'].find((name) => fields[name])
  if (name) fieldOf(form, name).focus()
  return name !== undefined
}
