'use client'

import { type ComponentProps, lazy, Suspense, useEffect, useState } from 'react'
import { Comments } from '#components/comments/comments.tsx'
import { Loading } from '#components/ui/loading.tsx'
import words from '#messages/comments.json' with { type: 'json' }

const LazyConversation = lazy(() =>
  import('#components/comments/comment-list.tsx').then(
    ({ Conversation }) => ({ default: Conversation }),
    () => ({ default: OwnPage }),
  ),
)

/** Leads to the comments where their script cannot be had. */
function OwnPage() {
  return (
    <a href="/comments" className="reach mt-2">
      {words.read}
    </a>
  )
}

function Conversation(props: ComponentProps<typeof LazyConversation>) {
  return (
    <Suspense fallback={<Loading />}>
      <LazyConversation {...props} />
    </Suspense>
  )
}

/** The comments below the story: they and their script come when the reader comes near. */
export function StoryComments(props: { language: string; closed: boolean }) {
  const near = useNearness()
  return <Comments List={near && Conversation} start={near?.comment} {...props} />
}

/** Set when votes or comments are less than a screen away, or when the address names a comment. */
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
