import messages from '#messages/desk-comment.json' with { type: 'json' }

/** Lets moderators erase all comments, votes and reports of a comment’s writer. */
export function EraseForm({ comment }: { comment: string }) {
  return (
    <form
      method="post"
      action="/api/moderation/erasures"
      noValidate
      className="flex flex-wrap items-center gap-x-1.5 gap-y-1 font-sans text-base"
    >
      <input type="hidden" name="comment" value={comment} />
      <label className="flex min-h-3 items-center gap-0.5">
        <input type="checkbox" name="sure" value="yes" required /> {messages.eraseSure}
      </label>
      <button className="press">{messages.erase}</button>
    </form>
  )
}
