import { useEffect } from 'react'
import { CancelLink } from '#components/comments/cancel-link.tsx'
import { DeleteForm } from '#components/comments/delete-form.tsx'
import { EditForm } from '#components/comments/edit-form.tsx'
import { ReplyForm } from '#components/comments/reply-form.tsx'
import { ReportForm } from '#components/comments/report-form.tsx'
import type { Comment } from '#lib/comments/comment.ts'
import { firstProblem, type FormKind, type ServerFormProps } from '#lib/rejected-form.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import formMessages from '#messages/comments.json' with { type: 'json' }

/**
 * Shows the form that is open at a comment. Escape cancels it; a text stays as a draft.
 *
 * @param server what the server put into it, where it was open when the page was loaded
 * @param focus whether it gets the focus: one that opens by itself does not
 * @param onDone told what came of it: the comment as it is now, or the reply to it, and what to announce
 */
export function CommentActions({
  comment,
  kind,
  server,
  focus,
  onDone,
  onReported,
  onCancel,
}: {
  comment: Comment
  kind: FormKind
  server: ServerFormProps | undefined
  focus: boolean
  onDone: (result: Comment, announcement: string) => void
  onReported: () => void
  onCancel: () => void
}) {
  useEffect(() => {
    const cancelOnEscape = ({ key, isComposing, target }: KeyboardEvent) => {
      // Extensions send keys to the document, which is no element.
      const isHere = target instanceof Element && target.closest(`#${kind}-${comment.id}`)
      if (key === 'Escape' && !isComposing && isHere) onCancel()
    }
    addEventListener('keydown', cancelOnEscape)
    return () => removeEventListener('keydown', cancelOnEscape)
  })
  const cancel = <CancelLink comment={comment.id} onCancel={onCancel} />
  const common = { comment, cancel, focus }
  const rejected = server?.rejected
  const message = rejected && firstProblem(rejected)
  const done = (success: string) => (result: Comment) =>
    onDone(result, result.status === 'held' ? formMessages.held : success)
  switch (kind) {
    case 'reply':
      return <ReplyForm {...server} {...common} onPosted={done(actionMessages.replyPosted)} />
    case 'edit':
      return <EditForm {...server} {...common} onChanged={done(actionMessages.saved)} />
    case 'delete':
      return (
        <DeleteForm
          {...common}
          message={message}
          onDeleted={() =>
            onDone(
              { ...comment, status: 'deleted', name: '', text: '', body: [] },
              actionMessages.deleted,
            )
          }
        />
      )
    case 'report':
      return (
        <ReportForm
          {...common}
          message={message}
          values={rejected?.values}
          token={server?.token}
          onReported={onReported}
        />
      )
  }
}
