'use client'

import { useState } from 'react'
import { Comments } from '#components/comments/comments.tsx'
import { Conversation } from '#components/comments/comment-list.tsx'
import type { CommentListProps } from '#lib/comments/comments-page.ts'
import { readSent, type SentPage } from '#lib/browser/sent-comments.ts'

/** The comments on a page of their own, rendered by the server. */
export function AllComments({
  initial,
  ...props
}: Omit<CommentListProps, 'initial'> & { initial?: SentPage | undefined }) {
  const [page] = useState(() => initial && readSent(initial))
  return <Comments List={Conversation} initial={page} {...props} />
}
