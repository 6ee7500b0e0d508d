import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { v4 as newKey } from 'uuid'
import { Comments } from '#components/comments.tsx'
import { Masthead } from '#components/masthead.tsx'
import { ToTop } from '#components/to-top.tsx'
import { Votes } from '#components/votes.tsx'
import { loadContent } from '#lib/content.ts'
import { readReader } from '#lib/reader.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
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
  const [{ article }, { page, after }, request, store] = await Promise.all([
    loadContent(),
    searchParams,
    headers(),
    getStore(),
  ])
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  const tally = await store.readTally(await readReader(request.get('cookie')))
  const comments = await store.readComments({ at: first(page), after: first(after) })
  if (!comments) notFound()
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-[41rem] px-1.5 pb-6">
        <h1 className="mt-3 text-[2rem] leading-[2.34375rem] font-bold tracking-[-0.015em] text-balance">
          <a href="/" className="no-underline hover:underline">
            {article.title}
          </a>
        </h1>
        {refused && !refused.values.text && !refused.values.name && (
          <p role="alert" className="mt-1 font-sans text-base font-semibold text-accent">
            {refused.message}
          </p>
        )}
        <Votes initial={tally} />
        <Comments
          language={article.language}
          initial={comments}
          refused={refused}
          formKey={newKey()}
        />
        {(page || after) && (
          <p className="mt-2">
            <a href="/comments#comments">Newest comments</a>
          </p>
        )}
      </main>
      <footer>
        <ToTop />
      </footer>
    </>
  )
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
