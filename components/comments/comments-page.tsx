import { AllComments } from '#components/comments/all-comments.tsx'
import { Island } from '#components/site/island.tsx'
import { JsonLd } from '#components/story/json-ld.tsx'
import { StoryVotes } from '#components/votes/story-votes.tsx'
import type { CommentsPageProps } from '#lib/comments/comments-page.ts'
import { compactComments } from '#lib/browser/compact-comments.ts'
import acts from '#messages/comment-acts.json' with { type: 'json' }
import words from '#messages/comments-page.json' with { type: 'json' }

/** Shows what the page of comments has below its heading. */
export function CommentsPage({
  isUnavailable,
  votes,
  stray,
  isDeleted,
  list,
  isPart,
  data,
}: CommentsPageProps) {
  return (
    <>
      {isUnavailable && (
        <p role="alert" className="mt-1 font-sans text-base font-semibold text-accent">
          {words.unavailable}
        </p>
      )}
      <Island name="votes" of={StoryVotes} props={votes} />
      {stray && (
        <div role="alert" className="mt-2 font-sans text-base">
          <p className="font-semibold text-accent">{stray.message}</p>
          <p className="mt-1 wrap-anywhere whitespace-pre-wrap empty:hidden" dir="auto">
            {stray.words}
          </p>
        </div>
      )}
      {isDeleted && (
        <p id="done" role="status" tabIndex={-1} className="mt-2 font-semibold outline-none">
          {acts.deleted}
        </p>
      )}
      <Island
        name="comments"
        of={AllComments}
        props={list}
        sent={{ ...list, initial: list.initial && compactComments(list.initial) }}
      />
      {isPart && (
        <p className="mt-2">
          <a href="/comments#comments" className="reach">
            {words.newest}
          </a>
        </p>
      )}
      {data && <JsonLd data={data} />}
    </>
  )
}
