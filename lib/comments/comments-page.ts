import type { CommentPage, Sort } from '#lib/comments/comment.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import {
  FORM_KINDS,
  type FormKind,
  openForm,
  type OpenForm,
  PREVIEW,
  type RejectedForm,
  type ServerFormProps,
  unspentToken,
} from '#lib/rejected-form.ts'
import type { Tally } from '#lib/votes.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import formMessages from '#messages/comments.json' with { type: 'json' }
import pageMessages from '#messages/comments-page.json' with { type: 'json' }
import voteMessages from '#messages/votes.json' with { type: 'json' }

/** What the page of comments shows. Its values are those that JSON keeps. */
export type CommentsPageProps = {
  votes: { initial: Tally | undefined; refusal: string | undefined; from: 'comments' }
  notice: Notice | undefined
  list: CommentsProps
  /** Set where the list does not begin with the first comments. */
  isPart: boolean
  /** Whether the store cannot be read: the forms are there all the same, with what was typed. */
  isUnavailable: boolean
}

/** What the page says above its comments about the form that led to it. */
export type Notice =
  /** The reader's comment has just been deleted. */
  | { type: 'deleted' }
  /** A rejected form has no place on the page: why it was rejected, and the text that was typed. */
  | { type: 'homeless-form'; message: string; text: string | undefined }

/** What the list of comments begins with. */
export type CommentsProps = {
  language: string
  /** Set where no more comments may be written. */
  closed?: boolean | undefined
  /** The first comments where the server rendered them; else the browser fetches them. */
  initial?: CommentPage | undefined
  sort?: Sort | undefined
  /** The id of the comment that the page begins at. */
  start?: string | undefined
  /** When `initial` was read, in UTC milliseconds. */
  now?: number | undefined
  /** For the form of a new comment. */
  form?: ServerFormProps | undefined
  /** The form that is open at a comment, and what the server puts into it. */
  open?: OpenForm | undefined
  supplies?: ServerFormProps | undefined
  /** The id of the comment that has just been reported without script. */
  reported?: string | undefined
  /** Why a vote sent without script was not counted, and on which comment. */
  refusedVote?: { comment: string; message: string } | undefined
}

/** What a request asks of the page. */
export type CommentsRequest = {
  /** The id of the comment that the page begins at. */
  page?: string | undefined
  /** The id of the comment that the page comes after. */
  after?: string | undefined
  sort?: Sort | undefined
  /** A form to open at `page`, or what a form without script has just done to it. */
  act?: FormKind | 'deleted' | 'reported' | undefined
  rejected?: RejectedForm | undefined
  /** Set where one answer is for all readers without a cookie: it has no form key, which is good for one. */
  isShared: boolean
}

/** What the store has for the page. */
export type CommentsData = {
  tally: Tally
  list: CommentPage
  /** A token for forms. */
  token: string
  /** When it was read, in UTC milliseconds. */
  now: number
}

/**
 * Works out what the page of comments shows.
 *
 * @param data nothing where the store cannot be read
 * @param keys two new UUIDs, for the form of a new comment and for the one that is open at a comment
 */
export function commentsPage(
  request: CommentsRequest,
  data: CommentsData | undefined,
  closed: boolean,
  keys: { newComment: string; open: string },
): CommentsPageProps {
  const { page, after, sort, act, rejected, isShared } = request
  const placement = placeForm(request, data?.list, closed)
  const token = (rejected && unspentToken(rejected)) ?? data?.token
  const fill = (key: string) => fillForm(rejected, token, key)
  const blank = isShared ? { token } : { token, formKey: keys.newComment }
  return {
    isUnavailable: !data,
    votes: {
      initial: data?.tally,
      refusal: placement.at === 'story-votes' ? placement.message : undefined,
      from: 'comments',
    },
    notice:
      placement.at === 'nowhere'
        ? { type: 'homeless-form', message: placement.message, text: placement.text }
        : act === 'deleted'
          ? { type: 'deleted' }
          : undefined,
    list: {
      language: uiLanguage,
      closed,
      initial: data?.list,
      sort,
      start: page,
      now: data?.now,
      form: placement.at === 'new-comment' ? fill(keys.newComment) : blank,
      open: placement.at === 'comment' ? placement.form : undefined,
      supplies: placement.at === 'comment' ? fill(keys.open) : undefined,
      reported: act === 'reported' ? page : undefined,
      refusedVote: placement.at === 'comment-votes' ? placement.refusal : undefined,
    },
    isPart: Boolean(page ?? after),
  }
}

/** Tells which form a request opens at a comment: the rejected one, or the one that its address names. */
export function requestedForm({ page, act, rejected }: CommentsRequest): OpenForm | undefined {
  if (rejected) return openForm(rejected)
  const kind = FORM_KINDS.find((kind) => kind === act)
  return page && kind ? { id: page, kind } : undefined
}

/** Tells whether a rejected form is a vote, on the story or on a comment. */
export function isVote({ path }: RejectedForm): boolean {
  return path === '/api/votes'
}

/** Where on the page the form of a request stands, or what it says. */
export type FormPlacement =
  /** The request has no form, or asks for one that this reader cannot have. */
  | { at: 'none' }
  | { at: 'new-comment' }
  | { at: 'comment'; form: OpenForm }
  | { at: 'story-votes'; message: string }
  | { at: 'comment-votes'; refusal: { comment: string; message: string } }
  /** Nothing on the page could hold it: the page shows what was typed by itself. */
  | { at: 'nowhere'; message: string; text: string | undefined }

/** Finds where the form of a request stands among the comments of the page. */
export function placeForm(
  request: CommentsRequest,
  list: CommentPage | undefined,
  closed: boolean,
): FormPlacement {
  const { rejected } = request
  if (rejected && isVote(rejected)) return placeVote(rejected, list)
  const form = requestedForm(request)
  if (form && isOffered(form, list)) return { at: 'comment', form }
  if (!rejected) return { at: 'none' }
  // A reply to a comment that has gone meanwhile stands in the form of a new comment; other forms nowhere.
  const fitsNewComment = !form || rejected.code === 'parent_gone'
  return closed || !fitsNewComment ? placeNowhere(rejected, form) : { at: 'new-comment' }
}

function placeVote({ values, message: reason }: RejectedForm, list: CommentPage | undefined) {
  const message = fill(voteMessages.notCounted, { reason })
  const comment = list?.comments.find(
    ({ id, status }) => id === values.comment && status === 'published',
  )
  return comment
    ? { at: 'comment-votes' as const, refusal: { comment: comment.id, message } }
    : { at: 'story-votes' as const, message }
}

/** Tells whether the form can be opened: only the author of a comment may edit or delete it. */
function isOffered({ id, kind }: OpenForm, list: CommentPage | undefined): boolean {
  const comment = list?.comments.find((comment) => comment.id === id)
  const needsAuthor = kind === 'edit' || kind === 'delete'
  return comment !== undefined && (comment.mine || !needsAuthor)
}

const NOT_DONE: Record<FormKind, string> = {
  reply: actionMessages.replyNotPosted,
  edit: actionMessages.notSaved,
  delete: pageMessages.notDeleted,
  report: pageMessages.notReported,
}

function placeNowhere(
  { message: reason, values }: RejectedForm,
  form: OpenForm | undefined,
): FormPlacement {
  const message = fill(form ? NOT_DONE[form.kind] : formMessages.notPosted, { reason })
  const text = values.text ?? values.note
  return {
    at: 'nowhere',
    message: text ? fill(pageMessages.youWrote, { message }) : message,
    text,
  }
}

/** Gives a form back what was typed into it, under the key it was sent with, while that is unused. */
function fillForm(
  rejected: RejectedForm | undefined,
  token: string | undefined,
  key: string,
): ServerFormProps {
  return {
    rejected,
    preview: rejected?.code === PREVIEW ? parseComment(rejected.values.text ?? '') : undefined,
    token,
    formKey: (rejected?.code !== 'key_used' && rejected?.values.key) || key,
  }
}
