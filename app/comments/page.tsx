import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { v4 as newKey } from 'uuid'
import { Comments } from '#components/comments.tsx'
import { Hydrated } from '#components/hydrated.tsx'
import { Masthead } from '#components/masthead.tsx'
import { PrivacyNote } from '#components/privacy-note.tsx'
import { ToTop } from '#components/to-top.tsx'
import { Votes } from '#components/votes.tsx'
import { makeToken } from '#lib/challenge.ts'
import { loadContent } from '#lib/content.ts'
import { log } from '#lib/log.ts'
import { readReader } from '#lib/reader.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER, unspentToken } from '#lib/refused-form.ts'
import { getStore } from '#lib/store/index.ts'

export async function generateMetadata(): Promise<Metadata> {
  const { article } = await loadContent()
  return { title: `Comments on ${article.title}`, robots: { index: false } }
}

export default async function CommentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [{ article }, { page, after }, request] = await Promise.all([
    loadContent(),
    searchParams,
    headers(),
  ])
  const data = await readData(request.get('cookie'), { at: first(page), after: first(after) })
  if (data && !data.comments) notFound()
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  const refusedVote = refused?.path === '/api/votes'
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-[41rem] px-1.5 pb-6">
        <h1 className="mt-3 text-[2rem] leading-[2.34375rem] font-bold tracking-[-0.015em] text-balance">
          <a href="/" className="no-underline hover:underline">
            {article.title}
          </a>
        </h1>
        {!data && (
          <p role="alert" className="mt-1 font-sans text-base font-semibold text-accent">
            Votes and comments cannot be shown just now. Please try again in a minute.
          </p>
        )}
        <Votes
          initial={data?.tally}
          refusal={refusedVote ? `Your vote was not counted. ${refused.message}` : undefined}
        />
        {refused?.code === 'comments_closed' && (
          <div role="alert" className="mt-2 font-sans text-base">
            <p className="font-semibold text-accent">
              Your comment was not posted. {refused.message} This is what you wrote:
            </p>
            <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{refused.values.text}</p>
          </div>
        )}
        <Comments
          language={article.language}
          initial={data?.comments}
          refused={refusedVote ? undefined : refused}
          closed={article.comments === 'closed'}
          formKey={newKey()}
          token={(refused && unspentToken(refused)) ?? data?.token}
        >
          <PrivacyNote />
        </Comments>
        {(page || after) && (
          <p className="mt-2">
            <a href="/comments#comments">Newest comments</a>
          </p>
        )}
      </main>
      <footer>
        <ToTop />
      </footer>
      <Hydrated />
    </>
  )
}

/** Nothing when the store cannot be read: the forms are shown all the same, with what was typed. */
async function readData(cookies: string | null, position: { at?: string; after?: string }) {
  try {
    const store = await getStore()
    const reader = await readReader(cookies)
    const [tally, comments, token] = await Promise.all([
      store.readTally(reader),
      store.readComments(position, reader),
      makeToken(),
    ])
    return { tally, comments, token }
  } catch (error) {
    log.error(error)
  }
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
