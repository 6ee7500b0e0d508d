import { type Sort, SORTS } from '#lib/comments/comment.ts'
import messages from '#messages/conversation.json' with { type: 'json' }

/** Lets readers choose the order of the comments. */
export function SortLinks({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <nav aria-label={messages.order} className="-mx-0.5 flex font-sans text-sm">
      {SORTS.map((one) => (
        <a
          key={one}
          href={`/comments?sort=${one}#comments`}
          aria-current={one === sort ? 'true' : undefined}
          onClick={(event) => {
            event.preventDefault()
            onSort(one)
          }}
          className="flex min-h-touch min-w-touch items-center justify-center px-0.5 text-soft no-underline hover:underline aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:underline"
        >
          {messages[one]}
        </a>
      ))}
    </nav>
  )
}
