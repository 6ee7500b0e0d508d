import { formatMoment } from '#lib/dates.ts'
import { type Act, DECIDED, type Decision } from '#lib/moderation.ts'

/** What the moderator decided last, to be taken back. */
export function LastBatch({ acts, language }: { acts: Act[]; language: string }) {
  const [first] = acts
  if (!first) return null
  const count = acts.length === 1 ? 'a comment' : `${acts.length} comments`
  return (
    <form
      method="post"
      action="/api/moderation/undo"
      className="mt-1 flex flex-wrap items-center gap-x-1"
    >
      <input type="hidden" name="batch" value={first.batch} />
      <p role="status" className="small-print">
        You last {DECIDED[first.act as Decision]} {count}, {formatMoment(first.at, language)}.
      </p>
      {acts.some(({ undoable }) => undoable) && (
        <button data-undo className="press">
          Undo
        </button>
      )}
    </form>
  )
}
