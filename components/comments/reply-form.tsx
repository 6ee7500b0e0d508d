'use client'

import { type ComponentProps, useState } from 'react'
import { CommentForm } from '#components/comments/comment-form.tsx'
import { Message } from '#components/ui/message.tsx'
import type { Comment } from '#lib/comments/comment.ts'
import acts from '#messages/comment-acts.json' with { type: 'json' }

/** Answers a comment. Whom it answers it says for as long as it stands, though that goes meanwhile. */
export function ReplyForm({
  comment,
  ...form
}: Omit<ComponentProps<typeof CommentForm>, 'parent' | 'says'> & { comment: Comment }) {
  const [name] = useState(comment.name)
  const { reply: label, postReply: button, replyNotPosted: notPosted } = acts
  const heading = name ? <Message text={acts.replyTo} name={<bdi>{name}</bdi>} /> : label
  return <CommentForm parent={comment} says={{ label, heading, button, notPosted }} {...form} />
}
