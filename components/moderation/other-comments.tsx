import { formatMoment } from '#lib/i18n/dates.ts'
import { plural, uiLanguage } from '#lib/i18n/messages.ts'
import type { ModeratedComment } from '#lib/moderation/moderation.ts'
import messages from '#messages/desk-comment.json' with { type: 'json' }
import statusMessages from '#messages/desk-sentences.json' with { type: 'json' }

/**
 * Lists other comments of the same reader: a few in the queue, as many as are read on the page of one
 * comment.
 */
export function OtherComments({
  item: { comment, others, othersTotal },
  alone,
}: {
  item: ModeratedComment
  alone: boolean | undefined
}) {
  if (othersTotal === 0) return <p className="small-print mt-1">{messages.nothingElse}</p>
  const more = othersTotal - others.length
  return (
    <details open={alone} className="mt-1">
      <summary className="small-print cursor-pointer py-[0.671875rem]">
        {plural(messages.others, othersTotal)}
      </summary>
      <ul className="border-s-2 border-rule ps-1">
        {others.map(({ id, status, createdAt, text }) => (
          <li key={id} className="mt-0.5 first:mt-0">
            <p className="small-print flex flex-wrap gap-x-1">
              <span>{statusMessages[status]}</span>
              <a href={`/moderation/comment?id=${id}`} className="reach">
                {formatMoment(createdAt, uiLanguage)}
              </a>
            </p>
            <p dir="auto">{text}</p>
          </li>
        ))}
        {more > 0 && (
          <li className="small-print mt-0.5">
            {alone ? (
              plural(messages.older, more)
            ) : (
              <a href={`/moderation/comment?id=${comment.id}`} className="reach">
                {messages.seeAll}
              </a>
            )}
          </li>
        )}
      </ul>
    </details>
  )
}
