'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Field } from '#components/ui/field.tsx'
import { TextForm } from '#components/comments/text-form.tsx'
import { proveWork, sendComment } from '#lib/browser/api-client.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { readName, saveName } from '#lib/browser/drafts.ts'
import type { ServerFormProps } from '#lib/rejected-form.ts'
import words from '#messages/comments.json' with { type: 'json' }

/** What a form for a comment, or for a reply, says of itself. */
export type FormLabels = { label: string; heading: ReactNode; button: string; notPosted: string }

/**
 * For a comment, or with `parent` for a reply to one.
 *
 * @param cancel puts the form away; without it the form stays
 */
export function CommentForm({
  parent,
  says: labels,
  onPosted,
  cancel,
  focus,
  formKey,
  token,
  refused,
  preview,
}: ServerFormProps & {
  parent?: { id: string }
  says: FormLabels
  onPosted: (comment: Comment) => void
  cancel?: ReactNode
  focus?: boolean
}) {
  const id = parent ? `reply-${parent.id}` : 'leave-a-reply'
  const name = useRef<HTMLInputElement>(null)
  /** Made while the reader writes, good for one comment. */
  const proof = useRef<ReturnType<typeof proveWork>>(undefined)
  useEffect(() => {
    if (name.current && !name.current.value) name.current.value = readName()
  }, [])

  const send = async (entries: FormData, key: string) => {
    const name = String(entries.get('name')).trim()
    const token = (await proof.current) ?? (await proveWork())
    proof.current = undefined
    const comment = await sendComment({
      name,
      text: String(entries.get('text')),
      parent: parent?.id,
      key,
      topic: String(entries.get('topic')),
      token,
    })
    if (comment) onPosted(comment)
  }
  return (
    <TextForm
      id={id}
      draft={parent ? id : 'comment'}
      action="/api/comments"
      label={labels.label}
      heading={labels.heading}
      button={labels.button}
      sending={words.posting}
      failed={labels.notPosted}
      refused={refused}
      preview={preview}
      names={['name', 'text']}
      send={send}
      onInput={() => (proof.current ??= proveWork())}
      cancel={cancel}
      focus={focus}
    >
      {(problems) => (
        <>
          {parent && <input type="hidden" name="parent" value={parent.id} />}
          {formKey && <input type="hidden" name="key" value={formKey} />}
          {token && <input type="hidden" name="token" value={token} />}
          <p aria-hidden className="sr-only">
            <label>
              {words.leaveEmpty} <input name="topic" tabIndex={-1} autoComplete="off" />
            </label>
          </p>
          <Field
            id={`${parent ? id : 'comment'}-name`}
            name="name"
            label={words.name}
            problem={problems.name}
          >
            {(props) => (
              <input
                {...props}
                ref={name}
                autoComplete="name"
                onInput={({ currentTarget }) => saveName(currentTarget.value)}
                defaultValue={refused?.values.name}
                className="h-[2.8125rem] w-full border-b border-ink px-[0.25rem]"
              />
            )}
          </Field>
        </>
      )}
    </TextForm>
  )
}
