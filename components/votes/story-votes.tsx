'use client'

import { type FormEvent, useEffect } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import { type KnownTally, useVote } from '#components/votes/use-vote.ts'
import { subscribeToTotals } from '#lib/browser/live-totals.ts'
import { formatPoints, points, voteAfterPress, type Vote, voteSentence } from '#lib/votes.ts'
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
      className="flex size-4 items-center justify-center border-2 border-ink hover:text-accent aria-pressed:bg-ink aria-pressed:text-paper"
    >
      <Icon name={name} className="size-[1.5rem]" />
      <span className="sr-only">{name === 'up' ? messages.upvote : messages.downvote}</span>
    </button>
  )
  return (
    <section
      id="votes"
      aria-label={messages.heading}
      className="double-rule mt-4 border-b border-b-rule pb-2"
    >
      <form
        method="post"
        action="/api/votes#votes"
        onSubmit={submit}
        className="mt-2 flex items-center justify-center gap-1"
      >
        {from && <input type="hidden" name="from" value={from} />}
        {side('up')}
        <p className="relative w-[6ch] text-center text-title leading-4 font-bold lining-nums tabular-nums">
          {tally ? formatPoints(points(tally)) : '–'}{' '}
          <span className="sr-only">{messages.points}</span>
          {change && (
            <span
              key={change.count}
              aria-hidden
              className="flash absolute end-0 -top-0.5 text-[1.25rem] text-accent opacity-0"
            >
              {change.by > 0 ? `+${change.by}` : formatPoints(change.by)}
            </span>
          )}
        </p>
        {side('down')}
      </form>
      <p
        role="status"
        className={`mt-1 min-h-4 text-center text-balance sm:min-h-2 ${initial ? '' : 'needs-script'}`}
      >
        {message ? (
          <span className="font-sans text-base font-semibold text-accent">{message}</span>
        ) : tally ? (
          voteSentence(tally)
        ) : (
          '\u00a0'
        )}
      </p>
      {!initial && (
        <noscript>
          <p className="mt-1 text-center">
            <a href="/comments#votes" className="reach">
              {messages.seeAll}
            </a>
          </p>
        </noscript>
      )}
    </section>
  )
}
