'use client'

import { type FormEvent, useEffect } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import { RollingPoints } from '#components/votes/rolling-points.tsx'
import { type KnownTally, useVote } from '#components/votes/use-vote.ts'
import { subscribeToTotals } from '#lib/browser/live-totals.ts'
import {
  formatPoints,
  points,
  pointsAloud,
  voteAfterPress,
  type Vote,
  voteSentence,
} from '#lib/votes.ts'
import messages from '#messages/votes.json' with { type: 'json' }

/**
 * Lets readers vote on the story, and shows its points and how many voted.
 *
 * @param initial the tally where the server rendered it; else it is fetched into reserved space
 * @param refusal why a vote sent without script was not counted
 * @param from the page to return to after a vote without script
 */
export function StoryVotes({
  initial,
  refusal,
  from,
}: {
  initial?: KnownTally | undefined
  refusal?: string | undefined
  from?: 'comments' | undefined
}) {
  const { tally, mine, change, message, vote, hear } = useVote(initial, refusal)
  useEffect(() => subscribeToTotals(hear), [hear])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement
    vote(button.value as Vote)
  }
  const side = (name: 'up' | 'down') => (
    <button
      name="vote"
      value={voteAfterPress(mine, name)}
      aria-pressed={mine === name}
      // A double click is one vote, not a vote and its withdrawal.
      onClick={(event) => event.detail > 1 && event.preventDefault()}
      className="grid size-button place-items-center border border-ink hover:bg-rule aria-pressed:bg-ink aria-pressed:text-paper"
    >
      <Icon name={name} className="size-[1.5rem]" />
      <span className="sr-only">{name === 'up' ? messages.upvote : messages.downvote}</span>
    </button>
  )
  return (
    <section
      id="votes"
      aria-label={messages.heading}
      className="double-rule mt-4 grid gap-x-1.5 sm:grid-cols-[auto_1fr]"
    >
      <form
        method="post"
        action="/api/votes#votes"
        onSubmit={submit}
        className="mt-1.5 flex items-center"
      >
        {from && <input type="hidden" name="from" value={from} />}
        {side('up')}
        <p className="relative w-[5ch] text-center text-[1.75rem] font-bold lining-nums tabular-nums">
          {tally ? <RollingPoints points={points(tally)} /> : <span aria-hidden>–</span>}{' '}
          <span className="sr-only">{tally && pointsAloud(points(tally))}</span>
          {change && (
            <span
              key={change.count}
              aria-hidden
              className="flash absolute end-0 -top-0.5 text-[1.25rem] opacity-0"
            >
              {formatPoints(change.by, { signDisplay: 'exceptZero' })}
            </span>
          )}
        </p>
        {side('down')}
      </form>
      <p
        role="status"
        className={`mt-1.5 flex min-h-button items-center text-base lining-nums ${initial ? '' : 'needs-script'}`}
      >
        {message ? (
          <strong className="problem">{message}</strong>
        ) : tally ? (
          voteSentence(tally)
        ) : (
          '\u00a0'
        )}
      </p>
      <Proportion {...tally} />
      {!initial && (
        <noscript>
          <a href="/comments#votes" className="reach mt-1.5">
            {messages.seeAll}
          </a>
        </noscript>
      )}
    </section>
  )
}

/** Draws the share of upvotes as a part of a thin line. */
function Proportion({ up = 0, down = 0 }: Partial<KnownTally>) {
  return (
    <svg
      aria-hidden
      width="100%"
      height="3"
      className="col-span-full mt-1 bg-rule rtl:-scale-x-100"
    >
      <rect width={`${(100 * up) / (up + down || 1)}%`} height="3" fill="currentColor" />
    </svg>
  )
}
