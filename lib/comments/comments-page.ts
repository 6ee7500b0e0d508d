import type { CommentPage, Sort } from '#lib/comments/comment.ts'
import type { ServerFormProps, OpenForm } from '#lib/rejected-form.ts'
import type { Tally } from '#lib/votes.ts'

/** What the page of comments shows. */
export type CommentsPageProps = {
  /** The store cannot be read: the forms are there all the same, with what was typed. */
  isUnavailable: boolean
  votes: { initial?: Tally | undefined; refusal?: string | undefined; from: 'comments' }
  /** A refused form that has no place on the page: why, and the words that were typed. */
  stray?: { message: string; words: string | undefined } | undefined
  /** The reader's comment has just been deleted. */
  isDeleted: boolean
  list: CommentsProps
  /** The list does not begin with the first comments. */
  isPart: boolean
  /** What readers have made of the story, for programs. */
  data?: object | undefined
}

/** What the list of comments begins with. */
export type CommentsProps = {
  language: string
  /** No more may be written. */
  closed?: boolean | undefined
  /** The comments where the server rendered them; else they are fetched. */
  initial?: CommentPage | undefined
  sort?: Sort | undefined
  /** The comment that the page begins at. */
  start?: string | undefined
  /** When it was read, in UTC milliseconds. */
  now?: number | undefined
  /** For the form of a new comment. */
  form?: ServerFormProps | undefined
  /** The form that stands open at a comment, and what it needs. */
  open?: OpenForm | undefined
  supplies?: ServerFormProps | undefined
  /** The comment that has just been reported without script. */
  reported?: string | undefined
  /** Why a vote sent without script was not counted, and on which comment. */
  refusedVote?: { comment: string; message: string } | undefined
}
