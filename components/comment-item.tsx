import { CommentText } from '#components/comment-text.tsx'
import { type Comment, permalink } from '#lib/comments.ts'
import { formatDay } from '#lib/dates.ts'

/** One letter: name, date (its permalink) and text. */
export function CommentItem({
  comment,
  language,
  fresh,
}: {
  comment: Comment
  language: string
  /** Just written: it unfolds. */
  fresh?: boolean
}) {
  const nameId = `comment-${comment.id}-name`
  return (
    <article
      id={`comment-${comment.id}`}
      tabIndex={-1}
      aria-labelledby={nameId}
      className={`overflow-clip border-t border-rule py-1.5 wrap-anywhere outline-none target:border-t-ink ${fresh ? 'unfold' : ''}`}
    >
      <header className="flex flex-wrap items-baseline gap-x-1">
        <h3 id={nameId} className="font-bold" dir="auto">
          {comment.name}
        </h3>
        <a
          href={permalink(comment.id)}
          className="font-sans text-sm text-soft no-underline hover:underline"
        >
          <time dateTime={new Date(comment.createdAt).toISOString()}>
            {formatDay(comment.createdAt, language)}
          </time>
        </a>
        {comment.status === 'held' && (
          <strong className="font-sans text-sm font-semibold text-accent">
            Waiting for approval. Only you see this.
          </strong>
        )}
      </header>
      <div className="prose [&>:last-child]:mb-0" dir="auto">
        <CommentText nodes={comment.body} />
      </div>
    </article>
  )
}
