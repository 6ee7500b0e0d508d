import type { RejectedForm } from '#lib/rejected-form.ts'
import messages from '#messages/desk-comment.json' with { type: 'json' }

/** Lets moderators reply in the name of the story’s author. */
export function AuthorReplyForm({
  parent,
  formKey,
  rejected,
}: {
  parent: string
  formKey: string
  rejected: RejectedForm | undefined
}) {
  const id = `reply-${parent}`
  const typed = rejected?.values.parent === parent ? rejected : undefined
  const problem = typed?.fields.text
  return (
    <form method="post" action="/api/comments" noValidate>
      <input type="hidden" name="as" value="author" />
      {/* Required by the form’s rules; the server replaces it with the author’s name. */}
      <input type="hidden" name="name" value="Author" />
      <input type="hidden" name="parent" value={parent} />
      <input type="hidden" name="key" value={formKey} />
      <label htmlFor={id} className="small-print block">
        {messages.yourReply}
      </label>
      <textarea
        id={id}
        name="text"
        rows={4}
        dir="auto"
        required
        defaultValue={typed?.values.text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem && `${id}-problem`}
        className="ruled-paper block field-sizing-content max-h-32 min-h-8 w-full border border-rule px-hair"
      />
      {problem && (
        <p id={`${id}-problem`} className="problem">
          {problem}
        </p>
      )}
      <button className="press mt-1">{messages.post}</button>
    </form>
  )
}
