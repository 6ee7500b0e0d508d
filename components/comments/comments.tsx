'use client'

import { type ComponentType, useState } from 'react'
import { CommentForm } from '#components/comments/comment-form.tsx'
import type { CommentListProps } from '#components/comments/comment-list.tsx'
import { Loading } from '#components/ui/loading.tsx'
import { PrivacyNote } from '#components/site/privacy-note.tsx'
import type { Comment } from '#lib/comments/comment.ts'
import type { CommentsProps } from '#lib/comments/comments-page.ts'
import messages from '#messages/comments.json' with { type: 'json' }

const { label, heading: name, button, notPosted } = messages
const LABELS = { label, name, button, notPosted }

/**
 * Shows the form of a new comment, and below it the comments.
 *
 * @param List shows the comments; undefined until its script has come
 */
export function Comments({
  List,
  form,
  ...list
}: CommentsProps & {
  List: ComponentType<CommentListProps & { posted: Comment[] }> | undefined
}) {
  const [posted, setPosted] = useState<Comment[]>([])
  const [announcement, setAnnouncement] = useState('')
  const onPosted = (comment: Comment) => {
    setPosted((before) => [...before, comment])
    setAnnouncement(comment.status === 'held' ? messages.held : messages.posted)
  }
  return (
    <section id="comments" aria-labelledby="comments-heading" className="mt-4">
      <h2 id="comments-heading" className="text-[1.6875rem] leading-2 font-bold">
        {messages.title}
      </h2>
      {list.closed ? (
        <p>{messages.closed}</p>
      ) : (
        <>
          <p>{messages.invitation}</p>
          <CommentForm labels={LABELS} onPosted={onPosted} {...form} />
        </>
      )}
      <PrivacyNote />
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {List ? (
        <List {...list} posted={posted} />
      ) : (
        <>
          <Loading />
          <noscript>
            <a href="/comments" className="reach mt-2">
              {messages.read}
            </a>
          </noscript>
        </>
      )}
    </section>
  )
}
