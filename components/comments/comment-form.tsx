'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { TextForm, type TextFormLabels } from '#components/comments/text-form.tsx'
import { useTextForm } from '#components/comments/use-text-form.ts'
import { Field } from '#components/ui/field.tsx'
import { proveWork, sendComment } from '#lib/browser/api-client.ts'
import { readName, saveName } from '#lib/browser/drafts.ts'
import type { Comment } from '#lib/comments/comment.ts'
import type { ServerFormProps } from '#lib/rejected-form.ts'
import messages from '#messages/comments.json' with { type: 'json' }

export type CommentFormLabels = Omit<TextFormLabels, 'sending'> & {
  /** The message that sending failed, with `{reason}` in it. */
  notPosted: string
}

/**
 * Lets readers write a comment, or with `parent` a reply to one.
 *
 * @param onPosted not called where the comment waits in the browser for the network
 * @param cancel closes the form; without it the form stays
 */
export function CommentForm({
  parent,
  labels,
  onPosted,
  cancel,
  focus,
  formKey,
  token,
  rejected,
  preview,
}: ServerFormProps & {
  parent?: { id: string }
  labels: CommentFormLabels
  onPosted: (comment: Comment) => void
  cancel?: ReactNode
  focus?: boolean
}) {
  const id = parent ? `reply-${parent.id}` : 'leave-a-reply'
  const draft = parent ? id : 'comment'
  const name = useRef<HTMLInputElement>(null)
  /** The proof of work, made while the reader writes: it is good for one comment. */
  const proof = useRef<ReturnType<typeof proveWork>>(undefined)
  useEffect(() => {
    if (name.current && !name.current.value) name.current.value = readName()
  }, [])
  const state = useTextForm({
    draft,
    fields: ['name', 'text'],
    failed: labels.notPosted,
    rejected,
    preview,
    async send(entries, key) {
      const token = (await proof.current) ?? (await proveWork())
      proof.current = undefined
      const comment = await sendComment({
        name: String(entries.get('name')).trim(),
        text: String(entries.get('text')),
        parent: parent?.id,
        key,
        topic: String(entries.get('topic')),
        token,
      })
      if (comment) onPosted(comment)
    },
    onText: () => void (proof.current ??= proveWork()),
    focus,
  })
  return (
    <TextForm
      id={id}
      action="/api/comments"
      labels={{ ...labels, sending: messages.posting }}
      state={state}
      field={draft}
      cancel={cancel}
    >
      {(problems) => (
        <>
          {parent && <input type="hidden" name="parent" value={parent.id} />}
          {formKey && <input type="hidden" name="key" value={formKey} />}
          {token && <input type="hidden" name="token" value={token} />}
          {/* The honeypot: people do not see it, and programs that fill in all fields are rejected. */}
          <p aria-hidden className="sr-only">
            <label>
              {messages.leaveEmpty} <input name="topic" tabIndex={-1} autoComplete="off" />
            </label>
          </p>
          <Field id={`${draft}-name`} name="name" label={messages.name} problem={problems.name}>
            {(props) => (
              <input
                {...props}
                ref={name}
                autoComplete="name"
                onInput={({ currentTarget }) => saveName(currentTarget.value)}
                defaultValue={rejected?.values.name}
                className="h-3 w-full border-b border-ink px-hair"
              />
            )}
          </Field>
        </>
      )}
    </TextForm>
  )
}
