import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiError, fetchTally, sendVote } from '#lib/api.ts'
import type { Settled } from '#lib/outbox.ts'
import { fill, formatNumber } from '#lib/messages.ts'
import { points, type Tally, type Vote, withVote } from '#lib/votes.ts'
import words from '#messages/votes.json' with { type: 'json' }

/**
 * A vote shows at once; should it fail, what the server last said comes back.
 *
 * @param known the tally as the server last said; without it, the story's is fetched
 * @param comment the id of what is voted on; without it, the story
 */
export function useVote(known?: Tally, refusal = '', comment?: string) {
  const [tally, setTally] = useState(known)
  const [change, setChange] = useState<{ by: number; count: number }>()
  const [message, setMessage] = useState(refusal)
  /** What the server last said, and the votes that were sent to it and not answered yet. */
  const server = useRef({ tally: known, sent: 0, waiting: 0 })

  useEffect(() => {
    const { current } = server
    const ask = () => {
      if (current.tally) return
      fetchTally().then(
        (answer) => {
          current.tally ??= answer
          if (current.waiting === 0) setTally(current.tally)
          setMessage('')
        },
        (error: ApiError) => {
          if (current.sent === 0) setMessage(fill(words.notShown, { reason: error.message }))
        },
      )
    }
    const settle = (event: Event) => {
      const { detail } = event as CustomEvent<Settled>
      if (detail?.item.id !== `vote-${comment ?? ''}`) return
      current.waiting = 0
      current.tally = (detail.answer as Tally | undefined) ?? current.tally
      setTally(current.tally)
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

  const vote = (value: Vote) => {
    const { current } = server
    current.sent++
    current.waiting++
    if (tally) {
      const next = withVote(tally, value)
      const by = points(next) - points(tally)
      setTally(next)
      if (by !== 0) setChange({ by, count: current.sent })
    }
    setMessage('')
    const settle = () => {
      if (--current.waiting === 0) setTally(current.tally)
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
    if (current.waiting === 0) setTally(current.tally)
  }, [])
  return { tally, change, message, vote, hear }
}

/** With a minus as wide as a plus, and no wider than the room there is. */
export function formatPoints(count: number): string {
  const notation = Math.abs(count) < 100_000 ? 'standard' : 'compact'
  return formatNumber(count, { notation }).replace('-', '−')
}
