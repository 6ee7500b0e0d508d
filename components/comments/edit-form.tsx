'use client'

import type { ReactNode } from 'react'
import { TextForm } from '#components/comments/text-form.tsx'
import { useTextForm } from '#components/comments/use-text-form.ts'
import { sendEdit } from '#lib/browser/comments-client.ts'
import type { Comment } from '#lib/comments/comment.ts'
import type { ServerFormProps } from '#lib/rejected-form.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import formMessages from '#messages/comments.json' with { type: 'json' }

const LABELS = {
  heading: actionMessages.edit,
  label: formMessages.label,
  button: actionMessages.save,
  sending: actionMessages.saving,
}

/** Lets readers change the text of their own comment. */
export function EditForm({
  comment,
  onChanged,
  cancel,
  focus,
  rejected,
  preview,
}: Pick<ServerFormProps, 'rejected' | 'preview'> & {
  comment: Comment
  onChanged: (comment: Comment) => void
  cancel: ReactNode
  focus: boolean
}) {
  const id = `edit-${comment.id}`
  const state = useTextForm({
    draft: id,
    fields: ['text'],
    failed: actionMessages.notSaved,
    rejected,
    preview,
    send: async (entries) => onChanged(await sendEdit(comment.id, String(entries.get('text')))),
    focus,
  })
  return (
    <TextForm
      id={id}
      action={`/api/comments/${comment.id}`}
      act="edit"
      labels={LABELS}
      state={state}
      field={id}
      text={comment.text}
      cancel={cancel}
    />
  )
}
