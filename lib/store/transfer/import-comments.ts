import { type Insertable, type Kysely, sql } from 'kysely'
import { contextOf, type ThreadPosition, positionBelow } from '#lib/comments/thread.ts'
import type { RecordOf } from '#lib/records.ts'
import { readErasures } from '#lib/store/comments/erase.ts'
import type { ImportReport } from '#lib/store/transfer/import-report.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals } from '#lib/store/counts/totals.ts'

/** Names a comment that is left out; replies to it become replies to its parent. */
export type OmittedComment = { type: 'omitted'; id: string; parent: string | null; reason: string }

type CommentRecord = RecordOf<'comment'>
type Row = Insertable<Database['comments']> & ThreadPosition

const BATCH = 500

/** Adds comments below their parents, in whatever order they come. */
export class CommentImporter {
  readonly #db: Kysely<Database>
  readonly #report: ImportReport
  /** Comments whose parent has not come yet, by the parent's id. */
  readonly #orphans = new Map<string, CommentRecord[]>()
  /** Parents of the comments that are left out, by id. */
  readonly #omitted = new Map<string, string | null>()

  constructor(db: Kysely<Database>, report: ImportReport) {
    this.#db = db
    this.#report = report
  }

  async add(incoming: (CommentRecord | OmittedComment)[]): Promise<void> {
    const released: CommentRecord[] = []
    for (const omitted of incoming)
      if (omitted.type === 'omitted') {
        this.#report.leaveOut(omitted.reason)
        released.push(...this.#omit(omitted))
      }
    const comments = incoming.filter((comment) => comment.type === 'comment')
    await this.#addInOrder([...released, ...(await this.#findNew(comments))])
  }

  /** Adds the comments whose parents never came, as the first of threads. */
  async finish(): Promise<void> {
    const waiting = [...this.#orphans].flatMap(([parent, comments]) =>
      comments.map((comment) => ({ parent, comment })),
    )
    const ids = new Set(waiting.map(({ comment }) => comment.id))
    for (const parent of [...this.#orphans.keys()])
      if (!ids.has(parent))
        await this.#addAsRoots(
          this.#release(parent),
          'the comment it replies to is not in the file',
        )
    // The rest are circles of replies, each of which is opened at its oldest comment.
    for (const { parent, comment } of waiting.sort(byId)) {
      const others = this.#orphans.get(parent)
      if (!others?.includes(comment)) continue
      this.#orphans.set(
        parent,
        others.filter((other) => other !== comment),
      )
      await this.#addAsRoots([comment], 'it answers itself, by way of others')
    }
    this.#orphans.clear()
  }

  async #addAsRoots(comments: CommentRecord[], reason: string): Promise<void> {
    for (const _ of comments) this.#report.move(reason)
    await this.#addInOrder(comments.map((comment) => ({ ...comment, parent: null })))
  }

  /** @returns the comments whose parent it is */
  #omit({ id, parent }: Pick<OmittedComment, 'id' | 'parent'>): CommentRecord[] {
    this.#omitted.set(id, parent)
    return this.#release(id)
  }

  #release(id: string): CommentRecord[] {
    const released = this.#orphans.get(id) ?? []
    this.#orphans.delete(id)
    return released
  }

  /** Leaves out comments that the store has; makes placeholders of those of erased readers. */
  async #findNew(comments: CommentRecord[]): Promise<CommentRecord[]> {
    if (comments.length === 0) return []
    const known = await this.#db
      .selectFrom('comments')
      .select(['id', 'key'])
      .where(({ eb, or }) =>
        or([
          eb('id', 'in', [...new Set(comments.map(({ id }) => id))]),
          eb('key', 'in', [...new Set(comments.map(({ key }) => key))]),
        ]),
      )
      .execute()
    const ids = new Set(known.map(({ id }) => id))
    const keys = new Set(known.map(({ key }) => key))
    const isErased = await readErasures(
      this.#db,
      comments.map(({ reader }) => reader),
    )
    const fresh: CommentRecord[] = []
    for (const comment of comments) {
      if (ids.has(comment.id)) this.#report.count('comment', 0, 1)
      else if (keys.has(comment.key)) {
        this.#report.leaveOut('another comment has its key')
        fresh.push(...this.#omit(comment))
      } else if (isErased(comment.reader, comment.created_at)) {
        this.#report.leaveOut('by a reader who was erased')
        fresh.push(placeholderOf(comment))
      } else {
        this.#report.count('comment', 1, 1)
        fresh.push(comment)
      }
      ids.add(comment.id)
      keys.add(comment.key)
    }
    return fresh
  }

  async #addInOrder(comments: CommentRecord[]): Promise<void> {
    const queue = [...comments]
    const places = await this.#findPositions(comments)
    const rows: Row[] = []
    for (const comment of queue) {
      const parent = this.#effectiveParent(comment)
      const place = parent === null ? undefined : places.get(parent)
      if (parent !== null && !place) {
        const others = this.#orphans.get(parent)
        if (others) others.push(comment)
        else this.#orphans.set(parent, [comment])
        continue
      }
      if (parent !== comment.parent) this.#report.move('the comment it replies to was skipped')
      const { type: _type, ...columns } = comment
      const row = {
        ...columns,
        was_public: comment.status === 'published' ? 1 : (comment.was_public ?? 0),
        parent,
        ...positionBelow(place, comment.id),
      }
      places.set(row.id, row)
      rows.push(row)
      queue.push(...this.#release(row.id))
    }
    for (let start = 0; start < rows.length; start += BATCH)
      await insert(this.#db, rows.slice(start, start + BATCH))
  }

  /** Returns the parent of a comment, or the nearest ancestor that is not left out. */
  #effectiveParent({ parent }: CommentRecord): string | null {
    const passed = new Set<string>()
    while (parent !== null && this.#omitted.has(parent)) {
      // Comments that are left out may reply to one another in a circle.
      if (passed.has(parent)) return null
      passed.add(parent)
      parent = this.#omitted.get(parent)!
    }
    return parent
  }

  /** Reads the positions of the parents that the store has. */
  async #findPositions(comments: CommentRecord[]): Promise<Map<string, ThreadPosition>> {
    const ids = [...new Set(comments.flatMap((comment) => this.#effectiveParent(comment) ?? []))]
    const places = new Map<string, ThreadPosition>()
    for (let start = 0; start < ids.length; start += BATCH) {
      const found = await this.#db
        .selectFrom('comments')
        .select(['id', 'root', 'path'])
        .where('id', 'in', ids.slice(start, start + BATCH))
        .execute()
      for (const { id, ...place } of found) places.set(id, place)
    }
    return places
  }
}

function byId(a: { comment: CommentRecord }, b: { comment: CommentRecord }): number {
  return a.comment.id < b.comment.id ? -1 : 1
}

/** Makes a placeholder of a comment, for the replies below it. */
function placeholderOf(comment: CommentRecord): CommentRecord {
  const { type, id, parent, created_at, changed_at, was_public } = comment
  return {
    type,
    id,
    parent,
    reader: '',
    key: id,
    name: '',
    text: '',
    created_at,
    edited_at: null,
    changed_at,
    status: 'deleted',
    decided_at: null,
    reason: null,
    words: null,
    by_author: 0,
    was_public,
  }
}

async function insert(db: Kysely<Database>, rows: Row[]): Promise<void> {
  await db.insertInto('comments').values(rows).execute()
  const replies = new Map<string, number>()
  const published = rows.filter(({ status }) => status === 'published')
  for (const row of published)
    for (const id of contextOf(row)) replies.set(id, (replies.get(id) ?? 0) + 1)
  if (published.length === 0) return
  // In one statement, because a file may have a million. Without the list SQLite reads the whole table.
  if (replies.size > 0)
    await sql`with counted (id, replies) as (values ${sql.join(
      [...replies].map(([id, by]) => sql`(cast(${id} as text), cast(${by} as bigint))`),
    )}) update comments set replies = comments.replies + counted.replies, was_public = 1
      from counted where comments.id = counted.id
      and comments.id in (select id from counted)`.execute(db)
  await addTotals(db, { comments: published.length })
}
