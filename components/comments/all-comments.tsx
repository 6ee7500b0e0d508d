'use client'

import { useState } from 'react'
import { Comments } from '#components/comments/comments.tsx'
import { CommentList } from '#components/comments/comment-list.tsx'
import type { CommentsProps } from '#lib/comments/comments-page.ts'
import { expandComments, type CompactPage } from '#lib/browser/compact-comments.ts'

/** Shows the comments on a page of their own, whose first comments the server has rendered. */
export function AllComments({
  initial,
  ...props
}: Omit<CommentsProps, 'initial'> & { initial?: CompactPage | undefined }) {
  const [page] = useState(() => initial && expandComments(initial))
  return <Comments List={CommentList} initial={page} {...props} />
}
