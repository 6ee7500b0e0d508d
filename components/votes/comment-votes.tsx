'use client'

import { type FormEvent, useEffect } from 'react'
import { Message } from '#components/ui/message.tsx'
import { RollingPoints } from '#components/votes/rolling-points.tsx'
import { useVote } from '#components/votes/use-vote.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { points, pointsAloud, voteAfterPress, type Vote } from '#lib/votes.ts'
import messages from '#messages/conversation.json' with { type: 'json' }

/** Shows the points of a comment, and lets readers vote on it, but for its writer, in one line. */
export function CommentVotes({
  comment: { id, name, votes, mine: isOwn },
  refusal,
}: {
  comment: Comment
  /** Why a vote sent without script was not counted. */
  refusal?: string | undefined
}) {
  const { tally = votes, mine, message, vote, hear } = useVote(votes, refusal, id)
  useEffect(() => hear(votes), [hear, votes])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    vote(((event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement).value as Vote)
  }
  // A vote on one's own comment, from when it was not refused, can be taken back.
  const side = (side: 'up' | 'down') =>
    (!isOwn || mine === side) && (
      <button
        name="vote"
        value={voteAfterPress(mine, side)}
        aria-pressed={mine === side}
        // A double click is one vote, not a vote and its withdrawal.
        onClick={(event) => event.detail > 1 && event.preventDefault()}
      >
        <span className="sr-only">
          <Message
            text={side === 'up' ? messages.upvote : messages.downvote}
            name={<bdi>{name}</bdi>}
          />
        </span>
      </button>
    )
  return (
    <form method="post" action={`/api/votes#comment-${id}`} onSubmit={submit}>
      <input type="hidden" name="comment" value={id} />
      {side('up')}
      <span>
        <RollingPoints points={points(tally)} />{' '}
        <span className="sr-only">{pointsAloud(points(tally))}</span>
      </span>
      {side('down')}
      {message && (
        <strong role="alert" className="problem">
          {message}
        </strong>
      )}
    </form>
  )
}
