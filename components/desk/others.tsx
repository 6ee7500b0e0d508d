import { formatMoment } from '#lib/dates.ts'
import type { DeskComment } from '#lib/moderation.ts'

/** The same reader's other comments: a few, or on a comment's own page as many as are read. */
export function Others({
  item: { comment, others, othersTotal },
  language,
  alone,
}: {
  item: DeskComment
  language: string
  alone: boolean | undefined
}) {
  if (othersTotal === 0)
    return <p className="small-print mt-1">The reader has written nothing else.</p>
  const more = othersTotal - others.length
  return (
    <details open={alone} className="mt-1">
      <summary className="small-print min-h-[2.75rem] cursor-pointer leading-[2.75rem]">
        {othersTotal} more by the same reader
      </summary>
      <ul className="mt-[0.46875rem] border-s-2 border-rule ps-1">
        {others.map(({ id, status, createdAt, text }) => (
          <li key={id} className="mt-[0.46875rem] first:mt-0">
            <p className="small-print">
              {status},{' '}
              <a href={`/moderation/comment?id=${id}`}>{formatMoment(createdAt, language)}</a>
            </p>
            <p dir="auto">{text}</p>
          </li>
        ))}
        {more > 0 && (
          <li className="small-print mt-[0.46875rem]">
            {alone ? (
              `${more} older ones`
            ) : (
              <a href={`/moderation/comment?id=${comment.id}`} className="reach">
                See all
              </a>
            )}
          </li>
        )}
      </ul>
    </details>
  )
}
