import { createHash } from 'node:crypto'
import { remove as plain } from 'confusables'
import type { CommentNode } from '#lib/comments/comment-markdown.ts'

/** What is known of a comment before it is kept. */
export type CommentToScreen = {
  name: string
  text: string
  /** `text` as the tree that is shown. */
  body: CommentNode[]
  /** Its form came with a proof of work. */
  proven: boolean
  /** Something stood in the field that people do not see. */
  filledHoneypot: boolean
}

/** What the publisher wants. */
export type Screening = {
  comments: 'open' | 'held' | 'closed'
  heldWords: string[]
  proofOfWork: boolean
  commentLinks: number
}

/** Why a comment waits for approval, a word for the publisher; nothing when it need not. */
export function holdReason(findings: CommentToScreen, screening: Screening): string | undefined {
  if (screening.comments === 'held') return 'all'
  if (findings.filledHoneypot) return 'trap'
  const { name, text, body } = findings
  if (ADDRESS.test(name) || countLinks(text, body) > screening.commentLinks) return 'links'
  if (hasWord(`${name} | ${shownText(body)}`, screening.heldWords)) return 'word'
  if (screening.proofOfWork && !findings.proven) return 'unproven'
}

/** Short texts are said by many. */
const MIN_FINGERPRINT_LENGTH = 20

/**
 * A hash of what is said: the same for texts that differ in case, marks, spaces or signs. Nothing for
 * a few words, which many say.
 */
export function fingerprint(text: string): string | undefined {
  const words = fold(text).replaceAll(' ', '')
  if (words.length < MIN_FINGERPRINT_LENGTH) return
  return createHash('sha256').update(words).digest('base64url').slice(0, 22)
}

const ADDRESS = /(?:https?:\/\/|www\.)\w/i

/** Links that lead somewhere, and addresses that do not: a text may have too many for the parser. */
function countLinks(text: string, body: CommentNode[]): number {
  const inTree = (nodes: CommentNode[]): number =>
    nodes.reduce((count, node) => {
      if (typeof node === 'string' || !('children' in node)) return count
      return count + inTree(node.children) + (node.type === 'link' ? 1 : 0)
    }, 0)
  return Math.max(inTree(body), text.match(new RegExp(ADDRESS, 'gi'))?.length ?? 0)
}

/** What is read: signs of Markdown within a word do not part it. */
function shownText(nodes: CommentNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      if ('children' in node) return shownText(node.children) + (isBlock(node) ? ' ' : '')
      return 'text' in node ? node.text : ' '
    })
    .join('')
}

function isBlock({ type }: Exclude<CommentNode, string>): boolean {
  return type === 'paragraph' || type === 'quote' || type === 'list' || type === 'item'
}

function hasWord(text: string, words: string[]): boolean {
  if (words.length === 0) return false
  const said = ` ${fold(asLatin(text))} `
  return words.some((word) => {
    const folded = fold(asLatin(word))
    if (folded === '') return text.includes(word)
    return said.includes(UNSPACED.test(folded) ? folded : ` ${folded} `)
  })
}

/** Letters that look like Latin ones as those; the library would take other scripts apart. */
function asLatin(text: string): string {
  return text.replace(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu, (run) =>
    plain(run),
  )
}

/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Letters and digits without accents, in lower case, with single spaces between words. */
function fold(text: string): string {
  const bare = text
    // Decomposing takes time with the square of the marks on one letter.
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu, '')
  return (bare.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')
}
