import { AllComments } from '#components/comments/all-comments.tsx'
import { Island } from '#components/site/island.tsx'
import { StoryVotes } from '#components/votes/story-votes.tsx'
import type { CommentsPageProps, Notice } from '#lib/comments/comments-page.ts'
import { compactComments } from '#lib/browser/compact-comments.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import messages from '#messages/comments-page.json' with { type: 'json' }

/** Shows what the page of comments has below its heading. */
export function CommentsPage({ votes, notice, list, isPart, isUnavailable }: CommentsPageProps) {
  return (
    <>
      {isUnavailable && (
        <p role="alert" className="problem">
          {messages.unavailable}
        </p>
      )}
      <Island name="votes" of={StoryVotes} props={votes} />
      {notice && <NoticeAbove notice={notice} />}
      <Island
        name="comments"
        of={AllComments}
        props={list}
        sent={{ ...list, initial: list.initial && compactComments(list.initial) }}
      />
      {isPart && (
        <p className="mt-2">
          <a href="/comments#comments" className="reach">
            {messages.newest}
          </a>
        </p>
      )}
    </>
  )
}

function NoticeAbove({ notice }: { notice: Notice }) {
  switch (notice.type) {
    case 'deleted':
      return (
        <p id="done" role="status" tabIndex={-1} className="mt-2 font-semibold outline-none">
          {actionMessages.deleted}
        </p>
      )
    case 'homeless-form':
      return (
        <div role="alert" className="mt-2 font-sans text-base">
          <p className="problem">{notice.message}</p>
          <p className="mt-1 wrap-anywhere whitespace-pre-wrap empty:hidden" dir="auto">
            {notice.text}
          </p>
        </div>
      )
  }
}
