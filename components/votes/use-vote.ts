import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiError, fetchTally, sendVote } from '#lib/browser/api-client.ts'
import type { QueueEvent } from '#lib/browser/offline/offline-queue.ts'
import { fill } from '#lib/i18n/messages.ts'
import { points, type Tally, type Vote, withVote } from '#lib/votes.ts'
import messages from '#messages/votes.json' with { type: 'json' }

/** A tally that may be made for all readers, and then lacks how this reader voted. */
export type KnownTally = Omit<Tally, 'mine'> & Partial<Pick<Tally, 'mine'>>

/**
 * Sends votes. A vote is shown at once, even before the tally is known; if it fails, what the server last
 * said is shown again.
 *
 * @param known the tally as the server last said; the story’s is fetched where there is none, or where it
 *   does not say how the reader voted
 * @param refusal why a vote sent without script was not counted
 * @param comment the id of the comment voted on; without it, the story
 */
export function useVote(known?: KnownTally, refusal = '', comment?: string) {
  const [first] = useState(() => known && { mine: null, ...known })
  const [confirmed, setConfirmed] = useState(first)
  /** A vote that is being sent, or is in the offline queue. */
  const [pending, setPending] = useState<Vote>()
  const [change, setChange] = useState<{ by: number; count: number }>()
  const [message, setMessage] = useState(refusal)
  /** Why the tally cannot be shown. */
  const [unread, setUnread] = useState('')
  /** Tells the reader's other tabs what the server said to a vote. */
  const channel = useRef<BroadcastChannel>(undefined)
  /**
   * What the server last said, whether that is for this reader, and how many votes were sent and are
   * unanswered.
   */
  const server = useRef({ tally: first, isOwn: known?.mine !== undefined, sent: 0, waiting: 0 })

  useEffect(() => {
    const { current } = server
    const take = (tally: Tally) => Object.assign(current, { tally, isOwn: true })
    const ask = () => {
      if (current.isOwn) return
      fetchTally().then(
        (answer) => {
          if (!current.isOwn) take(answer)
          setConfirmed(current.tally)
          setUnread('')
        },
        (error: ApiError) => {
          if (current.sent === 0 && !current.tally)
            setUnread(fill(messages.notShown, { reason: error.message }))
        },
      )
    }
    const settle = (event: Event) => {
      const { item, waits, answer } = (event as CustomEvent<QueueEvent>).detail
      if (item.id !== `vote-${comment ?? ''}`) return
      setPending(waits && (item.body.vote as Vote))
      if (waits) return
      current.waiting = 0
      if (answer) take(answer as Tally)
      setConfirmed(current.tally)
      setMessage('')
    }
    ask()
    const tabs = globalThis.BroadcastChannel && new BroadcastChannel(`vote-${comment ?? ''}`)
    if (tabs)
      tabs.onmessage = ({ data }) => {
        take(data)
        if (current.waiting === 0) setConfirmed(data)
      }
    channel.current = tabs
    addEventListener('reachable', ask)
    addEventListener('outbox', settle)
    return () => {
      removeEventListener('reachable', ask)
      removeEventListener('outbox', settle)
      tabs?.close()
    }
  }, [comment])

  const tally = confirmed && pending ? withVote(confirmed, pending) : confirmed
  const vote = (value: Vote) => {
    const { current } = server
    current.sent++
    current.waiting++
    if (tally) {
      const by = points(withVote(tally, value)) - points(tally)
      if (by !== 0) setChange({ by, count: current.sent })
    }
    setPending(value)
    setMessage('')
    setUnread('')
    const settle = () => {
      if (--current.waiting > 0) return
      setConfirmed(current.tally)
      setPending(undefined)
    }
    sendVote(value, comment).then(
      (answer) => {
        // A queued vote is shown as if it were counted.
        if (!answer) return
        channel.current?.postMessage(answer)
        Object.assign(current, { tally: answer, isOwn: true })
        settle()
      },
      (error: ApiError) => {
        setMessage(fill(messages.notCounted, { reason: error.message }))
        settle()
      },
    )
  }
  /** Takes new totals of all votes from the server. */
  const hear = useCallback(({ up, down }: Pick<Tally, 'up' | 'down'>) => {
    const { current } = server
    if (!current.tally) return
    current.tally = { ...current.tally, up, down }
    if (current.waiting === 0) setConfirmed(current.tally)
  }, [])
  const mine = tally ? tally.mine : pending
  return { tally, mine, change, message: message || unread, vote, hear }
}
