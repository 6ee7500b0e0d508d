'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { CommentForm } from '#components/comment-form.tsx'
import { CommentItem } from '#components/comment-item.tsx'
import { Loading } from '#components/loading.tsx'
import { fetchComments } from '#lib/api.ts'
import type { Comment, CommentPage } from '#lib/comments.ts'
import type { RefusedForm } from '#lib/refused-form.ts'

/** @param initial the comments where the server rendered them; else they are fetched. */
export function Comments({
  language,
  initial,
  refused,
  formKey,
}: {
  language: string
  initial?: CommentPage
  refused?: RefusedForm
  formKey?: string
}) {
  const { page, failed, loading, loadOlder, add } = useComments(initial)
  const [announcement, setAnnouncement] = useState('')
  const [freshId, setFreshId] = useState<string>()
  const fresh = useRef<HTMLElement>(null)

  useEffect(() => {
    fresh.current?.focus()
  }, [freshId])

  const onPosted = (comment: Comment) => {
    add(comment)
    setFreshId(comment.id)
    setAnnouncement('Your comment is posted.')
  }
  return (
    <section id="comments" aria-labelledby="comments-heading" className="mt-4">
      <h2 id="comments-heading" className="text-[1.6875rem] leading-[1.875rem] font-bold">
        What do you think?
      </h2>
      <p>It is nice to know your opinion. Leave a comment.</p>
      <CommentForm onPosted={onPosted} refused={refused} formKey={formKey} />
      <p role="status" className="sr-only">
        {announcement}
      </p>

      <p className="mt-2 min-h-[1.875rem] font-bold small-caps tabular-nums">
        {page && count(page.total)}
      </p>
      {page?.total === 0 && <p>No letters yet. Yours would be the first.</p>}
      {page?.comments.map((comment) => (
        <CommentItem
          key={comment.id}
          comment={comment}
          language={language}
          fresh={comment.id === freshId ? fresh : undefined}
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
            void loadOlder().then((added) => added && setAnnouncement(`${count(added)} more.`))
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
  const [loading, setLoading] = useState(!initial)
  const [failed, setFailed] = useState<string>()

  /** Puts a page behind what is shown; answers with how many comments came. */
  const load = useCallback(
    (after?: string): Promise<number> =>
      fetchComments(after)
        .then(
          (older) => {
            setPage((shown) => ({ ...older, comments: merge(shown?.comments, older.comments) }))
            return older.comments.length
          },
          (error: Error) => {
            setFailed(error.message)
            return 0
          },
        )
        .finally(() => setLoading(false)),
    [],
  )

  useEffect(() => {
    if (!initial) void load()
  }, [initial, load])

  const loadOlder = () => {
    setLoading(true)
    setFailed(undefined)
    return load(page?.next ?? undefined)
  }
  const add = (comment: Comment) =>
    setPage((shown) => {
      const comments = merge([comment], shown?.comments)
      const isNew = comments.length > (shown?.comments.length ?? 0)
      return { next: null, ...shown, comments, total: (shown?.total ?? 0) + Number(isNew) }
    })
  return { page, loading, failed, loadOlder, add }
}

/** A comment that came both with a page and from its own form is shown once. */
function merge(first: Comment[] = [], then: Comment[] = []): Comment[] {
  const ids = new Set(first.map(({ id }) => id))
  return [...first, ...then.filter(({ id }) => !ids.has(id))]
}

function count(comments: number): string {
  return `${comments.toLocaleString('en')} ${comments === 1 ? 'comment' : 'comments'}`
}
