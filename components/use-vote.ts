import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiError, fetchTally, sendVote } from '#lib/api.ts'
import type { Told } from '#lib/outbox.ts'
import { fill, formatNumber } from '#lib/messages.ts'
import { points, type Tally, type Vote, withVote } from '#lib/votes.ts'
import words from '#messages/votes.json' with { type: 'json' }

/**
 * A vote shows at once, also while the tally is not known; should it fail, what the server last said
 * comes back.
 *
 * @param known the tally as the server last said; without it, the story's is fetched
 * @param comment the id of what is voted on; without it, the story
 */
export function useVote(known?: Tally, refusal = '', comment?: string) {
  const [confirmed, setConfirmed] = useState(known)
  /** On its way to the server, or in the outbox. */
  const [pending, setPending] = useState<Vote>()
  const [change, setChange] = useState<{ by: number; count: number }>()
  const [message, setMessage] = useState(refusal)
  /** What the server last said, and how many votes were sent to it and not answered yet. */
  const server = useRef({ tally: known, sent: 0, waiting: 0 })

  useEffect(() => {
    const { current } = server
    const ask = () => {
      if (current.tally) return
      fetchTally().then(
        (answer) => {
          current.tally ??= answer
          setConfirmed(current.tally)
          setMessage('')
        },
        (error: ApiError) => {
          if (current.sent === 0) setMessage(fill(words.notShown, { reason: error.message }))
        },
      )
    }
    const settle = (event: Event) => {
      const { item, waits, answer } = (event as CustomEvent<Told>).detail
      if (item.id !== `vote-${comment ?? ''}`) return
      setPending(waits && (item.body.vote as Vote))
      if (waits) return
      current.waiting = 0
      current.tally = (answer as Tally | undefined) ?? current.tally
      setConfirmed(current.tally)
      setMessage('')
    }
    ask()
    addEventListener('reachable', ask)
    addEventListener('outbox', settle)
    return () => {
      removeEventListener('reachable', ask)
      removeEventListener('outbox', settle)
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
    const settle = () => {
      if (--current.waiting > 0) return
      setConfirmed(current.tally)
      setPending(undefined)
    }
    sendVote(value, comment).then(
      (answer) => {
        // One that waits in the outbox shows as it will be.
        if (!answer) return
        current.tally = answer
        settle()
      },
      (error: ApiError) => {
        setMessage(fill(words.notCounted, { reason: error.message }))
        settle()
      },
    )
  }
  /** Takes what the server says meanwhile of everyone's votes. */
  const hear = useCallback(({ up, down }: Pick<Tally, 'up' | 'down'>) => {
    const { current } = server
    if (!current.tally) return
    current.tally = { ...current.tally, up, down }
    if (current.waiting === 0) setConfirmed(current.tally)
  }, [])
  const mine = tally ? tally.mine : pending
  return { tally, mine, change, message, vote, hear }
}

/** With a minus as wide as a plus, and no wider than the room there is. */
export function formatPoints(count: number): string {
  const notation = Math.abs(count) < 100_000 ? 'standard' : 'compact'
  return formatNumber(count, { notation }).replace('-', '−')
}
