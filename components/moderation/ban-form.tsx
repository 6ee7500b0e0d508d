import { BAN_TIMES, type BanTime, type ModeratedComment } from '#lib/moderation/moderation.ts'
import messages from '#messages/desk-comment.json' with { type: 'json' }

/** Lets moderators ban the writer of a comment, or the network it came from while that is known. */
export function BanForm({ item: { comment, hasNetwork } }: { item: ModeratedComment }) {
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
        <legend className="small-print">{messages.banWhom}</legend>
        <div className="flex min-h-3 flex-wrap items-center gap-x-1.5">
          <label className="flex min-h-3 items-center gap-0.5">
            <input type="radio" name="kind" value="reader" defaultChecked /> {messages.reader}
          </label>
          <label className="flex min-h-3 items-center gap-0.5">
            <input type="radio" name="kind" value="network" disabled={!hasNetwork} />{' '}
            {hasNetwork ? messages.network : messages.networkForgotten}
          </label>
        </div>
      </fieldset>
      <div>
        <label htmlFor={id} className="small-print block">
          {messages.for}
        </label>
        <select id={id} name="time" defaultValue="1 day" className="field w-auto">
          {(Object.keys(BAN_TIMES) as BanTime[]).map((time) => (
            <option key={time} value={time}>
              {messages[time]}
            </option>
          ))}
        </select>
      </div>
      <button className="press">{messages.ban}</button>
    </form>
  )
}
