import type { LiveChange } from '#lib/comments/live-change.ts'

const PATH = '/api/live'
/** Milliseconds between polls, where there is no event stream. */
const POLL_INTERVAL = 30_000
/** Polls until the event stream is tried again. */
const MAX_POLLS = 10

/**
 * Subscribes to changes of votes, views and comments: first the totals as they are, then each change. It
 * pauses while the page is hidden, and catches up. The same comment may come twice.
 *
 * @param since when the page was made, in UTC milliseconds: changes from then on come first
 * @returns a function that unsubscribes
 */
export function subscribeToChanges(
  onChange: (change: LiveChange) => void,
  since?: number,
): () => void {
  let last = since === undefined ? '' : String(since)
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let polls = 0

  const address = () => PATH + (last && `?since=${last}`)
  const listen = () => {
    const stream = (source = new EventSource(address()))
    // A proxy may buffer the stream, whose first event comes at once.
    timer = setTimeout(fallBack, POLL_INTERVAL)
    stream.onmessage = ({ data, lastEventId }) => {
      clearTimeout(timer)
      last = lastEventId
      onChange(JSON.parse(data))
    }
    stream.onerror = () => {
      // Browsers reconnect after a lost connection by themselves, but not after an error status.
      if (stream.readyState === EventSource.CLOSED) fallBack()
    }
  }
  const fallBack = () => {
    pause()
    polls = 0
    void poll()
  }
  const poll = async () => {
    const current = (timer = setTimeout(() => {
      if (polls++ < MAX_POLLS) void poll()
      else listen()
    }, POLL_INTERVAL))
    try {
      const answer = await fetch(address(), { headers: { accept: 'application/json' } })
      if (!answer.ok) return
      const { id, ...change } = await answer.json()
      // It was paused meanwhile, and would receive this again.
      if (timer !== current) return
      last = id
      onChange(change)
    } catch {
      // The next poll may succeed.
    }
  }
  const pause = () => {
    source?.close()
    clearTimeout(timer)
    source = timer = undefined
  }
  const restart = () => {
    pause()
    if (!document.hidden) listen()
  }
  document.addEventListener('visibilitychange', restart)
  restart()
  return () => {
    document.removeEventListener('visibilitychange', restart)
    pause()
  }
}
