import { createHash } from 'node:crypto'
import type { CommentNode } from '#lib/comment-markdown.ts'

/** What is known of a comment before it is kept. */
export type Submission = {
  text: string
  /** `text` as the tree that is shown. */
  body: CommentNode[]
  /** Its form came with a proof of work. */
  proven: boolean
  /** Something stood in the field that people do not see. */
  trapped: boolean
}

/** What the publisher wants. */
export type Screening = {
  comments: 'open' | 'held' | 'closed'
  heldWords: string[]
  proofOfWork: boolean
  commentLinks: number
}

/** Why a comment waits for approval, a word for the publisher; nothing when it need not. */
export function holdReason(submission: Submission, screening: Screening): string | undefined {
  if (screening.comments === 'held') return 'all'
  if (submission.trapped) return 'trap'
  if (countLinks(submission.body) > screening.commentLinks) return 'links'
  if (hasWord(submission.text, screening.heldWords)) return 'word'
  if (screening.proofOfWork && !submission.proven) return 'unproven'
}

/** Short texts are said by many. */
const SHORTEST = 20

/**
 * A hash of what is said: the same for texts that differ in case, marks, spaces or signs. Nothing for
 * a few words, which many say.
 */
export function fingerprint(text: string): string | undefined {
  const words = fold(text).replaceAll(' ', '')
  if (words.length < SHORTEST) return
  return createHash('sha256').update(words).digest('base64url').slice(0, 22)
}

function countLinks(nodes: CommentNode[]): number {
  let count = 0
  for (const node of nodes) {
    if (typeof node === 'string' || !('children' in node)) continue
    count += countLinks(node.children) + (node.type === 'link' ? 1 : 0)
  }
  return count
}

function hasWord(text: string, words: string[]): boolean {
  if (words.length === 0) return false
  const said = ` ${fold(text)} `
  return words.some((word) => {
    const folded = fold(word)
    return folded === '' ? text.includes(word) : said.includes(` ${folded} `)
  })
}

/** Letters and digits as they sound, in lower case, with single spaces between words. */
function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
  return (plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}
