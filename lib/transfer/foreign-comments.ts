import { createHash, createHmac } from 'node:crypto'
import { v4, v7 } from 'uuid'
import { cleanText } from '#lib/comments/clean-text.ts'
import { countCharacters, nameProblem, TEXT_LIMIT, textProblem } from '#lib/comments/validation.ts'
import { htmlToComment, htmlToWords } from '#lib/transfer/html-to-markdown.ts'
import { cleanName, hasStackedMarks } from '#lib/comments/names.ts'
import type { ImportedRecord } from '#lib/store/index.ts'

/** What comments belong to in another system: a post of WordPress, a thread of Disqus. */
export type Discussion = { id: string; title: string }

/** A comment of another system. */
export type ForeignComment = {
  /** Identifies the comment in every export of that system. */
  id: string
  /** The `id` of the comment that it replies to. */
  parent: string | undefined
  /** Identifies its writer in that system. */
  writer: string
  /** HTML, like `html`. */
  name: string
  html: string
  /** UTC milliseconds; not a number when it cannot be read. */
  time: number
  status: 'published' | 'held'
  byAuthor: boolean
  /** Why it is left out, such as `spam`. */
  unwanted: string | undefined
}

/**
 * Makes records for the store. Ids are made of time and source, so that a comment has the same one at
 * every import.
 *
 * @param secret keys the hash of writers, so that their e-mail addresses cannot be found by trying
 */
export function* translate(comments: ForeignComment[], secret: string): Generator<ImportedRecord> {
  const ids = new Map<string, string>()
  const idOf = (source: string) => ids.get(source) ?? makeId(0, source)
  for (const { id, time } of comments) if (!ids.has(id)) ids.set(id, makeId(time, id))
  const seen = new Set<string>()
  for (const comment of comments) {
    const isRepeat = seen.has(comment.id)
    seen.add(comment.id)
    const parent = comment.parent === undefined ? null : idOf(comment.parent)
    const read = isRepeat ? 'its id is there twice' : readNameAndText(comment)
    if (typeof read === 'string')
      yield {
        type: 'omitted',
        // A repeat gets another id than the comment that it repeats.
        id: isRepeat ? makeId(0, `repeat of ${comment.id}`) : idOf(comment.id),
        parent,
        reason: read,
      }
    else
      yield {
        type: 'comment',
        id: idOf(comment.id),
        parent,
        reader: v4({ random: createHmac('sha256', secret).update(comment.writer).digest() }),
        key: idOf(comment.id),
        ...read,
        created_at: comment.time,
        edited_at: null,
        changed_at: comment.time,
        status: comment.status,
        decided_at: null,
        reason: comment.status === 'held' ? 'imported' : null,
        words: null,
        by_author: comment.byAuthor ? 1 : 0,
      }
  }
}

/** Most UTF-16 units: more than the longest comment has with all its tags. */
const MAX_HTML = 65_536
/** The latest time of a UUIDv7, in UTC milliseconds. */
const MAX_TIME = 2 ** 48 - 1

function makeId(time: number, source: string): string {
  const hash = createHash('sha256').update(source).digest()
  return v7({
    msecs: isTime(time) ? time : 0,
    seq: hash.readUInt32BE(16),
    random: hash.subarray(0, 16),
  })
}

function isTime(time: number): boolean {
  return Number.isSafeInteger(time) && time > 0 && time <= MAX_TIME
}

/** Returns name and text as Broadside has them, or the reason why the comment is left out. */
function readNameAndText(comment: ForeignComment): { name: string; text: string } | string {
  if (comment.unwanted) return comment.unwanted
  if (!isTime(comment.time)) return 'without a time'
  if (comment.html.length > MAX_HTML || comment.name.length > MAX_HTML) return 'too long'
  let name: string
  let text: string
  try {
    name = htmlToWords(comment.name)
    text = cleanText(htmlToComment(comment.html))
  } catch (error) {
    if (error instanceof RangeError) return 'too many tags'
    throw error
  }
  if (hasStackedMarks(name)) return 'a name that cannot be shown'
  name = cleanName(name) || 'Anonymous'
  if (nameProblem(name)) return 'a name that is too long'
  if (!textProblem(text)) return { name, text }
  if (text.length > TEXT_LIMIT && countCharacters(text) > TEXT_LIMIT) return 'too long'
  return text === '' || text.length <= TEXT_LIMIT ? 'empty' : 'too long'
}
