import type { LiveChange, LiveComment } from '#lib/comments/live-change.ts'
import type { Store, CommentVersion } from '#lib/store/index.ts'

/** The part of the store that is polled for changes. */
export type Source = Pick<Store, 'readVersions' | 'readChanged'>
/** A change; `id` is the time of the poll that found it, in UTC milliseconds. */
export type Event = LiveChange & { id: number }

/**
 * Milliseconds that each poll goes back behind the one before: a transaction takes its time before it is
 * committed, and clocks of servers differ.
 */
const OVERLAP = 15_000
/** Most comments of one event, and most characters of their texts together. */
const MOST_COMMENTS = 100
const MOST_CHARACTERS = 50_000
/** Most characters of an event's JSON: the trees of some texts are twenty times as long. */
const MOST_JSON = 150_000
/** Most changed comments read in one poll; beyond it clients are told to reload. */
const MOST_VERSIONS = 1_000

type Kept = Pick<CommentVersion, 'id' | 'changedAt' | 'length'>

/** Keeps what polls have found changed last in the store. */
export class Changes {
  readonly #source: () => Promise<Source>
  #time = 0
  #totals = { up: 0, down: 0, views: 0, total: 0 }
  /** The states of comments that the next poll may find again, by id. */
  readonly #known = new Map<string, { changedAt: number; state: string }>()
  /** The comments that changed last, by id, the latest at the end. */
  #recent = new Map<string, Kept>()
  /** The comments of `#recent` as they are shown; only until the next poll, as they may be erased. */
  #shown: Promise<Map<string, LiveComment>> | undefined
  /** Every comment that changed after this time is in `#recent`. */
  #horizon = 0

  constructor(source: () => Promise<Source>) {
    this.#source = source
  }

  /** Polls the store; returns what is new, if anything is. */
  async poll(): Promise<Event | undefined> {
    const source = await this.#source()
    const [time, after] = [Date.now(), this.#time - OVERLAP]
    const { totals, versions } = await source.readVersions(after, MOST_VERSIONS + 1)
    const fresh = versions.filter(({ id, state }) => this.#known.get(id)?.state !== state)
    const told = fresh.slice(0, countFitting(fresh))
    const comments = await readComments(source, told)
    const droppedAt = dropLong(told, comments)

    const before = this.#totals
    const isCut = told.length < fresh.length || versions.length > MOST_VERSIONS
    this.#time = time
    this.#totals = totals
    this.#horizon = Math.max(this.#horizon, droppedAt)
    if (isCut) {
      const untold = fresh[told.length] ?? versions.at(-1)!
      this.#horizon = Math.max(this.#horizon, untold.changedAt)
    }
    for (const { id, changedAt, state } of versions) this.#known.set(id, { changedAt, state })
    for (const [id, { changedAt }] of this.#known)
      if (changedAt <= time - OVERLAP) this.#known.delete(id)
    this.#keep(told)
    this.#shown = undefined
    const changed = told.toReversed().flatMap(({ id }) => comments.get(id) ?? [])
    const isSame = (Object.keys(totals) as (keyof typeof totals)[]).every(
      (name) => totals[name] === before[name],
    )
    if (!isSame || changed.length > 0 || isCut) return this.#event(changed, isCut || droppedAt > 0)
  }

  /** The time of the last poll, in UTC milliseconds. */
  get time(): number {
    return this.#time
  }

  /** Returns the totals and, given the id of an earlier event, the comments that changed since. */
  async since(time?: number): Promise<Event> {
    if (time === undefined) return this.#event([], false)
    const after = time - OVERLAP
    const wanted = [...this.#recent.values()].filter(({ changedAt }) => changedAt > after)
    // Makes the event now, so that the caller notices a poll that comes while the comments are read.
    const told = this.#event([], after < this.#horizon)
    if (wanted.length === 0) return told
    const shown = await (this.#shown ??= this.#readRecent())
    const comments = wanted.flatMap(({ id }) => shown.get(id) ?? [])
    return { ...told, comments, ...(after < this.#horizon && { reload: true }) }
  }

  /** Reads the comments of `#recent`, without the earliest where all would be too long. */
  async #readRecent(): Promise<Map<string, LiveComment>> {
    const newest = [...this.#recent.values()].reverse()
    const comments = await readComments(await this.#source(), newest)
    this.#horizon = Math.max(this.#horizon, dropLong(newest, comments))
    return comments
  }

  #event(comments: LiveComment[], isCut: boolean): Event {
    return { id: this.#time, ...this.#totals, comments, ...(isCut && { reload: true }) }
  }

  #keep(changed: Kept[]): void {
    const all = new Map(this.#recent)
    for (const { id, changedAt, length } of changed) all.set(id, { id, changedAt, length })
    const newest = [...all.values()].sort((a, b) => b.changedAt - a.changedAt)
    const count = countFitting(newest)
    const dropped = newest[count]?.changedAt ?? 0
    this.#horizon = Math.max(this.#horizon, dropped)
    this.#recent = new Map(
      newest
        .slice(0, count)
        .reverse()
        .map((kept) => [kept.id, kept]),
    )
  }
}

/** Reads comments by id; one that was erased meanwhile is missing. */
async function readComments(
  source: Source,
  wanted: { id: string }[],
): Promise<Map<string, LiveComment>> {
  const comments = await source.readChanged(wanted.map(({ id }) => id))
  return new Map(comments.map((comment) => [comment.id, comment]))
}

/**
 * Drops the comments whose trees are too long together, but for the first.
 *
 * @param newest the comments that changed last come first
 * @returns when the last of those that were dropped had changed; 0 where none was
 */
function dropLong(newest: Kept[], comments: Map<string, LiveComment>): number {
  let characters = 0
  let droppedAt = 0
  for (const [index, { id, changedAt }] of newest.entries()) {
    characters += JSON.stringify(comments.get(id) ?? null).length
    if (index === 0 || characters <= MOST_JSON) continue
    comments.delete(id)
    droppedAt = Math.max(droppedAt, changedAt)
  }
  return droppedAt
}

/** Counts how many of these, from the first on, fit into an event: at least one. */
function countFitting(list: { length: number }[]): number {
  let characters = 0
  const end = list.findIndex(({ length }, index) => {
    characters += length
    return index === MOST_COMMENTS || (index > 0 && characters > MOST_CHARACTERS)
  })
  return end < 0 ? list.length : end
}
