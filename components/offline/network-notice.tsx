import { useEffect, useState } from 'react'
import { QueuedItems } from '#components/offline/queued-items.tsx'
import { useConnectivity } from '#components/offline/use-connectivity.ts'
import { useOfflineQueue } from '#components/offline/use-offline-queue.ts'
import { withLatinDigits } from '#lib/i18n/formatters.ts'
import { fill, plural, uiLanguage } from '#lib/i18n/messages.ts'
import messages from '#messages/offline.json' with { type: 'json' }

/**
 * Tells readers that there is no network and what will be sent later; registers the service worker, which
 * caches the story.
 */
export function NetworkNotice() {
  const { items, sent } = useOfflineQueue()
  const [keptAt] = useState(readKeptAt)
  const { reached, isBack, isOffline } = useConnectivity(keptAt === 0)
  useEffect(() => {
    // It caches the story. It fails over plain http, and where the browser has no service workers.
    navigator.serviceWorker?.register('/sw.js').catch(() => {})
  }, [])

  const state = reached
    ? isBack && messages.back
    : isOffline
      ? messages.offline
      : messages.unreachable
  const waiting = items.filter(({ refusal }) => refusal === undefined)
  const isShown = state || items.length > 0 || sent
  return (
    // A landmark only while it says something. The status is there before, so that screen readers read it.
    <div
      id="network"
      {...(isShown && { role: 'complementary', 'aria-label': messages.label })}
      className={
        isShown
          ? 'notice screen-only fixed inset-x-0 bottom-0 z-[9] max-h-[50dvh] overflow-y-auto border-t-4 border-double border-ink bg-paper px-[max(1.40625rem,50vw-var(--sheet,var(--measure))/2)] pt-0.5 pb-[4.25rem] font-sans text-sm leading-1.5 sm:pb-0.5 sm:max-xl:pe-[calc(max(1.40625rem,50vw-var(--sheet,var(--measure))/2)+4rem)]'
          : 'sr-only'
      }
    >
      <div role="status">
        {[
          state,
          !reached && keptAt > 0 && fill(messages.kept, { date: formatTime(keptAt) }),
          waitingSentence(waiting),
          items.length > waiting.length && messages.refusedSome,
          items.length === 0 && sent && messages.sent,
        ].map((sentence) => sentence && <p key={sentence}>{sentence}</p>)}
      </div>
      {reached && isBack && keptAt > 0 && (
        <p>
          <a href="/" className="reach">
            {messages.reload}
          </a>
        </p>
      )}
      {items.length > 0 && <QueuedItems items={items} />}
    </div>
  )
}

/** Returns when this page was cached, in UTC milliseconds; 0 where it is not a cached copy. */
function readKeptAt(): number {
  return Number(document.querySelector<HTMLElement>('[data-kept]')?.dataset.kept ?? 0)
}

/** Says what is queued, as in “1 vote and 2 comments will be sent …”; nothing where nothing is. */
function waitingSentence(waiting: { body: { vote?: string } }[]): string | undefined {
  const votes = waiting.filter(({ body }) => body.vote).length
  const comments = waiting.length - votes
  if (votes && comments)
    return fill(messages.bothWait, {
      votes: plural(messages.votes, votes),
      comments: plural(messages.comments, comments),
    })
  if (votes) return plural(messages.votesWait, votes)
  if (comments) return plural(messages.commentsWait, comments)
}

function formatTime(at: number): string {
  return new Date(at).toLocaleString(withLatinDigits(uiLanguage), {
    dateStyle: 'long',
    timeStyle: 'short',
  })
}
