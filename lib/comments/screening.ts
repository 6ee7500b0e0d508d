import { createHash } from 'node:crypto'
import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import { replaceConfusables } from '#lib/comments/confusables.ts'

/** Holds what is known of a comment before it is stored. */
export type CommentToScreen = {
  name: string
  text: string
  /** `text` parsed into the tree that is shown. */
  body: CommentNode[]
  /** Whether its form came with a proof of work. */
  proven: boolean
  /** Whether the field that people do not see was filled in. */
  filledHoneypot: boolean
}

/** Holds what the publisher has set for comments. */
export type Screening = {
  comments: 'open' | 'held' | 'closed'
  heldWords: string[]
  proofOfWork: boolean
  commentLinks: number
}

/** Returns why a comment needs approval, as a key of the messages; undefined when it needs none. */
export function holdReason(comment: CommentToScreen, screening: Screening): string | undefined {
  if (screening.comments === 'held') return 'all'
  if (comment.filledHoneypot) return 'trap'
  const { name, text, body } = comment
  if (ADDRESS.test(name) || countLinks(text, body) > screening.commentLinks) return 'links'
  if (hasWord(`${name} | ${shownText(body)}`, screening.heldWords)) return 'word'
  if (screening.proofOfWork && !comment.proven) return 'unproven'
}

/** Fewest letters of a text with a fingerprint: shorter ones are written by many. */
const MIN_FINGERPRINT_LENGTH = 20

/**
 * Returns a hash of a text that is the same for texts that differ only in case, accents, spaces or
 * punctuation; 22 characters of base64url. Undefined for short texts.
 */
export function fingerprint(text: string): string | undefined {
  const letters = fold(text).replaceAll(' ', '')
  if (letters.length < MIN_FINGERPRINT_LENGTH) return
  return createHash('sha256').update(letters).digest('base64url').slice(0, 22)
}

const ADDRESS = /(?:https?:\/\/|www\.)\w/i

/** Counts links and plain addresses, which are text in brackets. */
function countLinks(text: string, body: CommentNode[]): number {
  const inTree = (nodes: CommentNode[]): number =>
    nodes.reduce((count, node) => {
      if (typeof node === 'string' || !('children' in node)) return count
      return count + inTree(node.children) + (node.type === 'link' ? 1 : 0)
    }, 0)
  return Math.max(inTree(body), text.match(new RegExp(ADDRESS, 'gi'))?.length ?? 0)
}

/** Returns the text without Markdown, so that signs within a word do not divide it. */
export function shownText(nodes: CommentNode[]): string {
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
  const saidWords = new Set(said.split(' '))
  return words.some((word) => {
    const folded = foldWord(word)
    if (folded === '') return text.includes(word)
    if (UNSPACED.test(folded)) return said.includes(folded)
    return folded.includes(' ') ? said.includes(` ${folded} `) : saidWords.has(folded)
  })
}

/** Held words as they are looked for, by how they are written: to fold thousands takes tens of milliseconds. */
const foldedWords = new Map<string, string>()
/** More than fit into a list of held words. */
const MAX_FOLDED_WORDS = 65_536

function foldWord(word: string): string {
  const known = foldedWords.get(word)
  if (known !== undefined) return known
  if (foldedWords.size === MAX_FOLDED_WORDS) foldedWords.clear()
  const folded = fold(asLatin(word))
  foldedWords.set(word, folded)
  return folded
}

/** Replaces letters of these alphabets that look alike, such as those of Cyrillic that Latin has too. */
function asLatin(text: string): string {
  return text.replace(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu, (run) =>
    replaceConfusables(run.toLowerCase()),
  )
}

/** Matches scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Reduces text to lower-case letters and digits without accents, with single spaces between words. */
function fold(text: string): string {
  const bare = text
    // The time to decompose grows with the square of the marks on one letter.
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu, '')
  return (bare.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')
}
