import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { newKey } from '#lib/new-key.ts'
import { AllComments } from '#components/all-comments.tsx'
import { Colophon } from '#components/colophon.tsx'
import { CommentPreview } from '#components/comment-preview.tsx'
import { Hydrated } from '#components/hydrated.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { Masthead } from '#components/masthead.tsx'
import { PrivacyNote } from '#components/privacy-note.tsx'
import { ToTop } from '#components/to-top.tsx'
import { Votes } from '#components/votes.tsx'
import { makeToken } from '#lib/challenge.ts'
import { getCommentPolicy } from '#lib/comment-policy.ts'
import { parseComment } from '#lib/comment-markdown.ts'
import { SORTS } from '#lib/comments.ts'
import { loadContent } from '#lib/content.ts'
import { log } from '#lib/log.ts'
import { readReader } from '#lib/reader.ts'
import {
  type Act,
  ACTS,
  decodeRefusedForm,
  openForm,
  type OpenForm,
  PREVIEW,
  REFUSED_FORM_HEADER,
  type RefusedForm,
  unspentToken,
} from '#lib/refused-form.ts'
import { fill, spoken } from '#lib/messages.ts'
import { getSettings } from '#lib/settings.ts'
import { getStore, type Position } from '#lib/store/index.ts'
import { responseData } from '#lib/story-data.ts'
import { writingWithin } from '#lib/writing.ts'
import acts from '#messages/comment-acts.json' with { type: 'json' }
import comments from '#messages/comments.json' with { type: 'json' }
import messages from '#messages/comments-page.json' with { type: 'json' }
import votes from '#messages/votes.json' with { type: 'json' }

export async function generateMetadata(): Promise<Metadata> {
  const { article } = await loadContent()
  return { title: fill(messages.title, { title: article.title }), robots: { index: false } }
}

export default async function CommentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [{ article }, asked, request] = await Promise.all([loadContent(), searchParams, headers()])
  const { page, after, sort, act } = readAddress(asked)
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  const open = refused ? openForm(refused) : page && act ? { id: page, act } : undefined
  const data = await readData(request.get('cookie'), { at: open?.id ?? page, after, sort }, refused)
  if (data && !data.comments) notFound()
  const closed = data?.closed ?? article.comments === 'closed'
  const refusedVote = refused?.path === '/api/votes' ? refused : undefined
  // A reply to what has gone meanwhile stands in the form of a new comment; what else has gone, nowhere.
  const isOpen =
    open &&
    data?.comments?.comments.some(({ id, mine }) => id === open.id && (mine || !OWN.has(open.act)))
  const isVotedHere = data?.comments?.comments.some(
    ({ id, status }) => id === refusedVote?.values.comment && status === 'published',
  )
  // What belongs to no form that is here is shown by itself.
  const stray =
    refused && !refusedVote && !isOpen && (closed || (open && refused.code !== 'parent_gone'))
      ? refused
      : undefined
  const words = stray && (stray.values.text ?? stray.values.note)
  const formKey =
    refused && refused.code !== 'key_used' ? (refused.values.key ?? newKey()) : newKey()
  const supplies = {
    refused: refusedVote || stray ? undefined : refused,
    preview: refused?.code === PREVIEW && (
      <CommentPreview nodes={parseComment(refused.values.text ?? '')} />
    ),
    token: (refused && unspentToken(refused)) ?? data?.token,
  }
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-[41rem] px-1.5 pb-6">
        <h1
          className="mt-3 text-[2rem] leading-[2.34375rem] font-bold tracking-[-0.015em] text-balance"
          {...writingWithin(spoken, article.language)}
        >
          <a href="/" className="-my-[0.25rem] block py-[0.25rem] no-underline hover:underline">
            {article.title}
          </a>
        </h1>
        {!data && (
          <p role="alert" className="mt-1 font-sans text-base font-semibold text-accent">
            {messages.unavailable}
          </p>
        )}
        <Votes
          initial={data?.tally}
          refusal={refusedVote && !isVotedHere ? notCounted(refusedVote) : undefined}
        />
        {stray && (
          <div role="alert" className="mt-2 font-sans text-base">
            <p className="font-semibold text-accent">
              {words
                ? fill(messages.youWrote, { message: notDone(stray, open) })
                : notDone(stray, open)}
            </p>
            <p className="mt-1 wrap-anywhere whitespace-pre-wrap empty:hidden" dir="auto">
              {words}
            </p>
          </div>
        )}
        {first(asked.act) === 'deleted' && (
          <p id="done" role="status" tabIndex={-1} className="mt-2 font-semibold outline-none">
            {acts.deleted}
          </p>
        )}
        <AllComments
          language={spoken}
          initial={data?.comments}
          sort={sort}
          start={page}
          now={data?.now}
          closed={closed}
          form={
            isOpen || stray
              ? { formKey: newKey(), token: supplies.token }
              : { formKey, ...supplies }
          }
          open={isOpen ? open : undefined}
          supplies={isOpen ? { formKey, ...supplies } : undefined}
          reported={first(asked.act) === 'reported' ? page : undefined}
          refusedVote={
            refusedVote?.values.comment && isVotedHere
              ? { comment: refusedVote.values.comment, message: notCounted(refusedVote) }
              : undefined
          }
        >
          <PrivacyNote />
        </AllComments>
        {(page || after) && (
          <p className="mt-2">
            <a href="/comments#comments" className="reach">
              {messages.newest}
            </a>
          </p>
        )}
      </main>
      <Colophon>
        <ToTop />
      </Colophon>
      {data?.comments && (
        <JsonLd
          data={responseData(article, { ...data, ...data.comments }, getSettings().siteOrigin)}
        />
      )}
      <Hydrated />
    </>
  )
}

const NOT_DONE: Record<Act, string> = {
  reply: acts.replyNotPosted,
  edit: acts.notSaved,
  delete: messages.notDeleted,
  report: messages.notReported,
}

function notDone({ message }: RefusedForm, open: OpenForm | undefined): string {
  return fill(open ? NOT_DONE[open.act] : comments.notPosted, { reason: message })
}

function notCounted({ message }: RefusedForm): string {
  return fill(votes.notCounted, { reason: message })
}

/** What only the writer of a comment may do. */
const OWN = new Set<Act>(['edit', 'delete'])

/** What the address asks for; what it says that is not known here is left alone. */
function readAddress(asked: Record<string, string | string[] | undefined>) {
  const [page, after, sort, act] = [asked.page, asked.after, asked.sort, asked.act].map(first)
  return {
    page: page?.toLowerCase(),
    after: after?.toLowerCase(),
    sort: SORTS.find((one) => one === sort),
    act: ACTS.find((one) => one === act),
  }
}

/** Nothing when the store cannot be read: the forms are shown all the same, with what was typed. */
async function readData(cookies: string | null, position: Position, refused?: RefusedForm) {
  try {
    const store = await getStore()
    const reader = await readReader(cookies)
    const at = refused?.path === '/api/votes' ? refused.values.comment : position.at
    const [tally, views, comments, token, policy] = await Promise.all([
      store.readTally(reader),
      store.readViews(),
      store.readComments({ ...position, at }, reader),
      makeToken(),
      getCommentPolicy(),
    ])
    const first = refused && !comments ? await store.readComments({}, reader) : comments
    const closed = policy.comments === 'closed'
    return { tally, views, comments: first, token, closed, now: Date.now() }
  } catch (error) {
    log.error(error)
  }
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
