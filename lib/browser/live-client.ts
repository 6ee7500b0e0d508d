import type { LiveChange } from '#lib/comments/live-change.ts'

const PATH = '/api/live'
/** Where there is no stream, what has changed is asked for as often, in milliseconds. */
const BETWEEN_QUESTIONS = 30_000
/** After so many questions the stream is tried again. */
const MOST_QUESTIONS = 10

/**
 * Tells how things stand, and from then on what changes, until the function that it gives back is
 * called. It rests while the page is hidden, and then tells what was missed. A comment may be told of
 * twice with the same content.
 *
 * @param since when the page was made, in UTC milliseconds: what has changed from then on is told first
 */
export function subscribeToChanges(
  onChange: (change: LiveChange) => void,
  since?: number,
): () => void {
  let last = since === undefined ? '' : String(since)
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let questions = 0

  const address = () => PATH + (last && `?since=${last}`)
  const listen = () => {
    const stream = (source = new EventSource(address()))
    // Something on the way may keep a stream back, which tells at once how things stand.
    timer = setTimeout(fallBack, BETWEEN_QUESTIONS)
    stream.onmessage = ({ data, lastEventId }) => {
      clearTimeout(timer)
      last = lastEventId
      onChange(JSON.parse(data))
    }
    stream.onerror = () => {
      // After a break the browser comes back by itself; it does not after a refusal.
      if (stream.readyState === EventSource.CLOSED) fallBack()
    }
  }
  const fallBack = () => {
    rest()
    questions = 0
    void ask()
  }
  const ask = async () => {
    const asked = (timer = setTimeout(() => {
      if (questions++ < MOST_QUESTIONS) void ask()
      else listen()
    }, BETWEEN_QUESTIONS))
    try {
      const answer = await fetch(address(), { headers: { accept: 'application/json' } })
      if (!answer.ok) return
      const { id, ...change } = await answer.json()
      // It has rested meanwhile, and would hear this again.
      if (timer !== asked) return
      last = id
      onChange(change)
    } catch {
      // The next question may reach the server.
    }
  }
  const rest = () => {
    source?.close()
    clearTimeout(timer)
    source = timer = undefined
  }
  const turn = () => {
    rest()
    if (!document.hidden) listen()
  }
  document.addEventListener('visibilitychange', turn)
  turn()
  return () => {
    document.removeEventListener('visibilitychange', turn)
    rest()
  }
}
