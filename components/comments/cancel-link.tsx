import { permalink } from '#lib/comments/comment.ts'
import messages from '#messages/comments.json' with { type: 'json' }

/** Closes a form at a comment; without script it leads back to the comment. */
export function CancelLink({ comment, onCancel }: { comment: string; onCancel: () => void }) {
  return (
    <a
      href={permalink(comment)}
      onClick={(event) => {
        event.preventDefault()
        onCancel()
      }}
      className="flex min-h-button min-w-touch items-center"
    >
      {messages.cancel}
    </a>
  )
}
