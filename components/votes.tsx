'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiError, fetchTally, sendVote } from '#lib/api.ts'
import { points, pressed, type Tally, type Vote, voteSentence, withVote } from '#lib/votes.ts'

/** @param initial the tally where the server rendered it; else it is fetched into reserved room. */
export function Votes({ initial }: { initial?: Tally }) {
  const { tally, change, message, vote } = useVote(initial)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement
    vote(button.value as Vote)
  }
  const side = (name: 'up' | 'down') => (
    <button
      name="vote"
      value={tally ? pressed(tally, name) : name}
      aria-pressed={tally?.mine === name}
      className="flex size-[3.75rem] items-center justify-center border-2 border-ink hover:text-accent aria-pressed:bg-ink aria-pressed:text-paper"
    >
      {name === 'up' ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />}
      <span className="sr-only">{name === 'up' ? 'Upvote' : 'Downvote'}</span>
    </button>
  )
  return (
    <section id="votes" aria-label="Votes" className="double-rule mt-4 border-b border-b-rule pb-2">
      <form
        method="post"
        action="/api/votes"
        onSubmit={submit}
        className="mt-2 flex items-center justify-center gap-2"
      >
        {initial && <input type="hidden" name="from" value="comments" />}
        {side('up')}
        <p className="relative min-w-[3ch] text-center text-[3rem] leading-[3.75rem] font-bold lining-nums tabular-nums">
          {tally ? format(points(tally)) : '–'} <span className="sr-only">points</span>
          {change && (
            <span
              key={change.count}
              aria-hidden
              className="flash absolute start-full top-0 text-[1.25rem] text-accent opacity-0"
            >
              {change.by > 0 ? `+${change.by}` : format(change.by)}
            </span>
          )}
        </p>
        {side('down')}
      </form>
      <p className={`mt-1 text-center ${initial ? '' : 'needs-script'}`}>
        {tally ? voteSentence(tally) : '\u00a0'}
      </p>
      {!initial && (
        <noscript>
          <p className="mt-1 text-center">
            <a href="/comments#votes">See all votes and your own</a>
          </p>
        </noscript>
      )}
      <p role="status" className="text-center font-sans text-base text-accent empty:hidden">
        {message}
      </p>
    </section>
  )
}

/** A vote shows at once; should it fail, what the server last said comes back. */
function useVote(initial?: Tally) {
  const [tally, setTally] = useState(initial)
  const [change, setChange] = useState<{ by: number; count: number }>()
  const [message, setMessage] = useState('')
  /** What the server last said, the votes sent to it so far, and the last of them. */
  const server = useRef({ tally: initial, sent: 0, last: Promise.resolve() })

  useEffect(() => {
    const { current } = server
    if (current.tally) return
    fetchTally().then(
      (answer) => {
        current.tally ??= answer
        if (current.sent === 0) setTally(answer)
      },
      // The buttons work without it; the sentence stays empty.
      () => {},
    )
  }, [])

  const vote = (value: Vote) => {
    const { current } = server
    const count = ++current.sent
    if (tally) {
      const next = withVote(tally, value)
      const by = points(next) - points(tally)
      setTally(next)
      if (by !== 0) setChange({ by, count })
    }
    setMessage('')
    // One after another: the first answer brings the cookie that makes the next the same reader's.
    current.last = current.last.then(async () => {
      try {
        current.tally = await sendVote(value)
        if (count === current.sent) setTally(current.tally)
      } catch (error) {
        if (count !== current.sent) return
        setTally(current.tally)
        setMessage(`Your vote was not counted. ${(error as ApiError).message}`)
      }
    })
  }
  return { tally, change, message, vote }
}

/** With a minus as wide as a plus. */
function format(count: number): string {
  return count.toLocaleString('en').replace('-', '−')
}
