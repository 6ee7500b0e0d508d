'use client'

import { useEffect, useState } from 'react'
import { Comments } from '#components/comments/comments.tsx'
import { loadComponent } from '#components/ui/load-component.tsx'
import { Loading } from '#components/ui/loading.tsx'
import messages from '#messages/comments.json' with { type: 'json' }

const LoadedCommentList = loadComponent(
  () =>
    import('#components/comments/comment-list.tsx').then(
      ({ CommentList }) => CommentList,
      () => CommentsLink,
    ),
  <Loading />,
)

/** Links to the page of comments, where the script of the list cannot be loaded. */
function CommentsLink() {
  return (
    <a href="/comments" className="reach mt-2">
      {messages.read}
    </a>
  )
}

/** Shows the comments below the story. They and their script are loaded when the reader comes near. */
export function StoryComments(props: { language: string; closed: boolean }) {
  const near = useNearness()
  return <Comments List={near && LoadedCommentList} start={near?.comment} {...props} />
}

/**
 * Returns a value once votes or comments are less than a screen away, or when the address names a comment:
 * then with its id.
 */
function useNearness() {
  const [near, setNear] = useState<{ comment: string | undefined }>()
  useEffect(() => {
    const comment = location.hash.match(/^#comment-([\da-f-]{36})$/)?.[1]
    const come = () => {
      observer.disconnect()
      setNear({ comment })
    }
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && come(),
      { rootMargin: '100%' },
    )
    for (const part of document.querySelectorAll('#votes, #comments')) observer.observe(part)
    if (comment) come()
    return () => observer.disconnect()
  }, [])
  return near
}
