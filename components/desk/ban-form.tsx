import { BAN_TIMES, type DeskComment } from '#lib/moderation.ts'

/** Bans who wrote a comment, or the network it came from while that is known. */
export function BanForm({ item: { comment, hasNetwork } }: { item: DeskComment }) {
  const id = `ban-${comment.id}`
  return (
    <form
      method="post"
      action="/api/moderation/bans"
      className="flex flex-wrap items-end gap-x-1.5 gap-y-1 font-sans text-base"
    >
      <input type="hidden" name="act" value="ban" />
      <input type="hidden" name="comment" value={comment.id} />
      <fieldset>
        <legend className="small-print">Who may not vote or write</legend>
        <div className="flex min-h-[2.8125rem] flex-wrap items-center gap-x-1.5">
          <label className="flex min-h-[2.8125rem] items-center gap-[0.46875rem]">
            <input type="radio" name="kind" value="reader" defaultChecked /> the reader
          </label>
          <label className="flex min-h-[2.8125rem] items-center gap-[0.46875rem]">
            <input type="radio" name="kind" value="network" disabled={!hasNetwork} /> the network
            {!hasNetwork && ' (forgotten after a day)'}
          </label>
        </div>
      </fieldset>
      <div>
        <label htmlFor={id} className="small-print block">
          For
        </label>
        <select id={id} name="time" defaultValue="1 day" className="field w-auto">
          {Object.keys(BAN_TIMES).map((time) => (
            <option key={time}>{time}</option>
          ))}
        </select>
      </div>
      <button className="press">Ban</button>
    </form>
  )
}
