import { type ModerationOutcome, permalink } from '#lib/comments/comment.ts'
import messages from '#messages/conversation.json' with { type: 'json' }

/** Tells readers what moderators decided on their own comments. */
export function ModerationResults({ outcomes }: { outcomes: ModerationOutcome[] }) {
  if (outcomes.length === 0) return
  return (
    <section aria-label={messages.yours} className="mt-1 border-s-4 border-rule ps-1">
      <ul className="font-sans text-base">
        {outcomes.map(({ id, status }) => {
          const text = status === 'published' ? messages.published : messages.notPublished
          return (
            <li key={id}>{status === 'deleted' ? text : <a href={permalink(id)}>{text}</a>}</li>
          )
        })}
      </ul>
    </section>
  )
}
