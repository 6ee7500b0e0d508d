'use client'

import { type ComponentProps, useState } from 'react'
import { CommentForm } from '#components/comments/comment-form.tsx'
import { Message } from '#components/ui/message.tsx'
import type { Comment } from '#lib/comments/comment.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }

/** Lets readers reply to a comment. It names the writer as long as it is open, though the comment may go. */
export function ReplyForm({
  comment,
  ...form
}: Omit<ComponentProps<typeof CommentForm>, 'parent' | 'labels'> & { comment: Comment }) {
  const [name] = useState(comment.name)
  const { reply: label, postReply: button, replyNotPosted: notPosted, replyTo } = actionMessages
  const heading = name ? <Message text={replyTo} name={<bdi>{name}</bdi>} /> : label
  return <CommentForm parent={comment} labels={{ label, heading, button, notPosted }} {...form} />
}
