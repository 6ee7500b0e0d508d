import { headers } from 'next/headers'
import { v4 as newKey } from 'uuid'
import { Frame } from '#components/desk/frame.tsx'
import { Item, MANY } from '#components/desk/item.tsx'
import { LastBatch } from '#components/desk/last-batch.tsx'
import { Shortcuts } from '#components/desk/shortcuts.tsx'
import { idFrom, openDesk } from '#lib/desk-page.ts'
import { plural } from '#lib/messages.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import acts from '#messages/desk.json' with { type: 'json' }
import words from '#messages/desk-queue.json' with { type: 'json' }

export default async function QueuePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [query, request] = await Promise.all([searchParams, headers()])
  const after = idFrom(query.after)
  const desk = await openDesk(request.get('cookie'), async (store, { name }) => ({
    queue: await store.readQueue(after),
    last: await store.readLastBatch(name),
  }))
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  if (desk.state !== 'open') return <Frame state={desk.state} refused={refused} />
  const { queue, last } = desk.data
  return (
    <Frame state="open" at="queue" moderator={desk.moderator.name} refused={refused}>
      <LastBatch acts={last} />
      <h2 className="mt-1.5 text-[1.3125rem] font-bold">
        {queue.waiting === 0 ? words.nothingWaits : plural(words.waiting, queue.waiting)}
      </h2>
      <Shortcuts many={MANY} />
      <div className="mt-1">
        {queue.comments.map((item) => (
          <Item key={item.comment.id} item={item} after={after} replyKey={newKey()} />
        ))}
      </div>
      {queue.comments.length > 0 && (
        <form
          id={MANY}
          method="post"
          action="/api/moderation/decisions"
          className="flex flex-wrap items-center gap-[0.46875rem] border-t border-ink bg-paper py-[0.46875rem] sm:bottom-0 sm:[main:has([form]:checked)_&]:sticky"
        >
          {after && <input type="hidden" name="after" value={after} />}
          <span className="small-print w-full sm:w-auto">{words.allChosen}</span>
          {(['approve', 'refuse', 'delete'] as const).map((decision) => (
            <button key={decision} name="act" value={decision} className="press">
              {acts[decision]}
            </button>
          ))}
        </form>
      )}
      <p className="mt-1.5 flex flex-wrap gap-x-1.5">
        {after && (
          <a href="/moderation" className="reach">
            {words.oldest}
          </a>
        )}
        {queue.next && (
          <a href={`/moderation?after=${queue.next}`} className="reach">
            {words.newer}
          </a>
        )}
      </p>
    </Frame>
  )
}
