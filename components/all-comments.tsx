'use client'

import { useState } from 'react'
import { Comments } from '#components/comments.tsx'
import { Conversation } from '#components/conversation.tsx'
import type { CommentListProps } from '#lib/comments-page.ts'
import { readSent, type SentPage } from '#lib/sent-comments.ts'

/** The comments on a page of their own, rendered by the server. */
export function AllComments({
  initial,
  ...props
}: Omit<CommentListProps, 'initial'> & { initial?: SentPage | undefined }) {
  const [page] = useState(() => initial && readSent(initial))
  return <Comments List={Conversation} initial={page} {...props} />
}
