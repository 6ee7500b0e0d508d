'use client'

import { useState } from 'react'
import { Comments } from '#components/comments/comments.tsx'
import { CommentList } from '#components/comments/comment-list.tsx'
import type { CommentsProps } from '#lib/comments/comments-page.ts'
import { expandComments, type CompactPage } from '#lib/browser/compact-comments.ts'

/** The comments on a page of their own, rendered by the server. */
export function AllComments({
  initial,
  ...props
}: Omit<CommentsProps, 'initial'> & { initial?: CompactPage | undefined }) {
  const [page] = useState(() => initial && expandComments(initial))
  return <Comments List={CommentList} initial={page} {...props} />
}
