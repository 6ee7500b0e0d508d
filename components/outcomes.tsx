import { type Outcome, permalink } from '#lib/comments.ts'

/** What became of the reader's own comments that waited for approval. */
export function Outcomes({ outcomes }: { outcomes: Outcome[] }) {
  if (outcomes.length === 0) return
  return (
    <section aria-label="Your comments" className="mt-1 border-s-4 border-rule ps-1">
      <ul className="font-sans text-base">
        {outcomes.map(({ id, status }) => (
          <li key={id}>
            The publisher has {status === 'published' ? '' : 'not '}published{' '}
            {status === 'deleted' ? 'your comment' : <a href={permalink(id)}>your comment</a>}.
          </li>
        ))}
      </ul>
    </section>
  )
}
