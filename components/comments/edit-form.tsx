'use client'

import type { ReactNode } from 'react'
import { TextForm } from '#components/comments/text-form.tsx'
import type { Comment } from '#lib/comments/comment.ts'
import { sendEdit } from '#lib/browser/comments-client.ts'
import type { ServerFormProps } from '#lib/rejected-form.ts'
import acts from '#messages/comment-acts.json' with { type: 'json' }
import words from '#messages/comments.json' with { type: 'json' }

/** Gives the reader's own comment other words. */
export function EditForm({
  comment,
  onChanged,
  cancel,
  focus,
  refused,
  preview,
}: ServerFormProps & {
  comment: Comment
  onChanged: (comment: Comment) => void
  cancel: ReactNode
  focus: boolean
}) {
  const id = `edit-${comment.id}`
  return (
    <TextForm
      id={id}
      draft={id}
      action={`/api/comments/${comment.id}`}
      act="edit"
      label={words.label}
      heading={acts.edit}
      button={acts.save}
      sending={acts.saving}
      failed={acts.notSaved}
      text={comment.text}
      refused={refused}
      preview={preview}
      names={['text']}
      send={async (entries) => onChanged(await sendEdit(comment.id, String(entries.get('text'))))}
      cancel={cancel}
      focus={focus}
    />
  )
}
