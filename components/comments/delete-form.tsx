'use client'

import type { ReactNode } from 'react'
import { ConfirmForm } from '#components/comments/confirm-form.tsx'
import { type Comment } from '#lib/comments/comment.ts'
import { sendDeletion } from '#lib/browser/comments-client.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }

/** Asks for confirmation before the reader’s own comment is deleted. */
export function DeleteForm({
  comment: { id },
  onDeleted,
  ...form
}: {
  comment: Comment
  onDeleted: () => void
  message?: string | undefined
  cancel: ReactNode
  focus: boolean
}) {
  return (
    <ConfirmForm
      id={`delete-${id}`}
      action={`/api/comments/${id}`}
      heading={actionMessages.delete}
      button={actionMessages.deleteButton}
      send={async () => {
        await sendDeletion(id)
        onDeleted()
      }}
      {...form}
    >
      <input type="hidden" name="act" value="delete" />
      <p>{actionMessages.deleteForGood}</p>
    </ConfirmForm>
  )
}
