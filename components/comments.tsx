'use client'

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { CommentForm } from '#components/comment-form.tsx'
import { CommentItem } from '#components/comment-item.tsx'
import { Loading } from '#components/loading.tsx'
import { fetchComments } from '#lib/api.ts'
import type { Comment, CommentPage } from '#lib/comments.ts'
import type { RefusedForm } from '#lib/refused-form.ts'

/**
 * @param initial the comments where the server rendered them; else they are fetched.
 * @param closed no more may be written
 * @param children what stands below the form
 */
export function Comments({
  language,
  initial,
  closed,
  children,
  ...form
}: {
  language: string
  initial?: CommentPage
  closed?: boolean
  children?: ReactNode
  refused?: RefusedForm
  formKey?: string
  token?: string
}) {
  const { page, comments, failed, loading, loadOlder, add } = useComments(initial)
  const [announcement, setAnnouncement] = useState('')
  /** The comment that has just come, to be focused; `posted` when it is the reader's own. */
  const [fresh, setFresh] = useState<{ id: string; posted: boolean }>()

  useEffect(() => {
    if (!fresh) return
    const element = document.getElementById(`comment-${fresh.id}`)
    element?.focus({ preventScroll: !fresh.posted })
  }, [fresh])

  const onPosted = (comment: Comment) => {
    add(comment)
    setFresh({ id: comment.id, posted: true })
    setAnnouncement(
      comment.status === 'held' ? 'Your comment waits for approval.' : 'Your comment is posted.',
    )
  }
  const showOlder = async () => {
    setAnnouncement('')
    const older = await loadOlder()
    if (older.length === 0) return
    setFresh({ id: older[0]!.id, posted: false })
    setAnnouncement(`${count(older.length)} more.`)
  }
  return (
    <section id="comments" aria-labelledby="comments-heading" className="mt-4">
      <h2 id="comments-heading" className="text-[1.6875rem] leading-[1.875rem] font-bold">
        What do you think?
      </h2>
      {closed ? (
        <p>The comments on this story are closed.</p>
      ) : (
        <>
          <p>It is nice to know your opinion. Leave a comment.</p>
          <CommentForm onPosted={onPosted} {...form} />
        </>
      )}
      {children}
      <p role="status" className="sr-only">
        {announcement}
      </p>

      <p className="mt-2 min-h-[1.875rem] font-bold small-caps tabular-nums">
        {page && count(page.total)}
      </p>
      {page && comments.length === 0 && <p>No letters yet. Yours would be the first.</p>}
      {comments.map((comment) => (
        <CommentItem
          key={comment.id}
          comment={comment}
          language={language}
          fresh={fresh?.posted && comment.id === fresh.id}
        />
      ))}
      {loading && <Loading />}
      {failed && (
        <p role="alert" className="font-sans text-base">
          {failed} <a href="/comments">Read them on their own page</a>.
        </p>
      )}
      {page?.next && !loading && (
        <a
          key={page.next}
          href={`/comments?after=${page.next}`}
          onClick={(event) => {
            event.preventDefault()
            void showOlder()
          }}
          className="flex min-h-[3rem] w-fit items-center border border-ink px-1.5 font-sans text-base font-semibold no-underline"
        >
          Older comments
        </a>
      )}
      {!initial && (
        <noscript>
          <a href="/comments">Read the comments</a>
        </noscript>
      )}
    </section>
  )
}

function useComments(initial?: CommentPage) {
  const [page, setPage] = useState(initial)
  const [posted, setPosted] = useState<Comment[]>([])
  const [loading, setLoading] = useState(!initial)
  const [failed, setFailed] = useState<string>()
  const asked = useRef(0)

  /** Puts a page behind what is shown; answers with the comments it brought. */
  const load = useCallback((shown?: CommentPage): Promise<Comment[]> => {
    const turn = ++asked.current
    return fetchComments(shown?.next ?? undefined)
      .then(
        (older) => {
          // An answer that was overtaken by a later one knows less.
          if (turn !== asked.current) return []
          const before = shown?.comments ?? []
          const comments = merge(before, older.comments)
          setPage({ ...older, comments })
          setFailed(undefined)
          return comments.slice(before.length)
        },
        (error: Error) => {
          if (turn === asked.current) setFailed(error.message)
          return []
        },
      )
      .finally(() => setLoading(false))
  }, [])

  useEffect(() => {
    if (!initial) void load()
  }, [initial, load])

  const loadOlder = () => {
    setLoading(true)
    setFailed(undefined)
    return load(page)
  }
  const add = (comment: Comment) => {
    setPosted((before) => [comment, ...before])
    // What is shown may have changed since the form was sent, and may hold the comment already.
    setPage((shown) => {
      if (!shown) return
      const comments = merge([comment], shown.comments)
      const added = comment.status === 'held' ? 0 : comments.length - shown.comments.length
      return { ...shown, comments, total: shown.total + added }
    })
    // The first page is asked for again where there was none to put the comment into.
    if (!page) void load()
  }
  return { page, comments: merge(posted, page?.comments), loading, failed, loadOlder, add }
}

/** A comment that came both with a page and from its own form is shown once. */
function merge(first: Comment[] = [], then: Comment[] = []): Comment[] {
  const ids = new Set(first.map(({ id }) => id))
  return [...first, ...then.filter(({ id }) => !ids.has(id))]
}

function count(comments: number): string {
  return `${comments.toLocaleString('en')} ${comments === 1 ? 'comment' : 'comments'}`
}
