'use client'

import { Comments, type CommentsProps } from '#components/comments.tsx'
import { Conversation } from '#components/conversation.tsx'

/** The comments on a page of their own, rendered by the server. */
export function AllComments(props: CommentsProps) {
  return <Comments List={Conversation} {...props} />
}
