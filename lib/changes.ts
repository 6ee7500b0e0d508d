import type { LiveChange, LiveComment } from '#lib/live-change.ts'
import type { Store } from '#lib/store/index.ts'

/** Where the looks go. */
export type Source = Pick<Store, 'readVersions' | 'readChanged'>
/** A change and the time of the look that found it, in milliseconds. */
export type Event = LiveChange & { id: number }

/**
 * A transaction names its time before it is committed, and the clocks of several servers differ: each
 * look goes back so far behind the one before, in milliseconds.
 */
const OVERLAP = 15_000
/** As many comments, and characters of their text, are told at once and kept for who comes back. */
const MOST_COMMENTS = 100
const MOST_CHARACTERS = 50_000
/** Of so many changed comments a look takes notice. */
const MOST_VERSIONS = 1_000

type Kept = { changedAt: number; length: number; comment: LiveComment }

/** What has changed last in the store, as far as looks at it have found. */
export class Changes {
  readonly #source: () => Promise<Source>
  #time = 0
  #totals = { up: 0, down: 0, views: 0, total: 0 }
  /** The states of the comments that the next look may find again. */
  readonly #known = new Map<string, { changedAt: number; state: string }>()
  /** By id, the one that changed last at the end. */
  #recent = new Map<string, Kept>()
  /** All that has changed after this time is in `#recent`. */
  #horizon = 0

  constructor(source: () => Promise<Source>) {
    this.#source = source
  }

  /** Looks at the store; answers with what is new, if anything is. */
  async look(): Promise<Event | undefined> {
    const source = await this.#source()
    const [time, after] = [Date.now(), this.#time - OVERLAP]
    const { totals, versions } = await source.readVersions(after, MOST_VERSIONS + 1)
    const fresh = versions.filter(({ id, state }) => this.#known.get(id)?.state !== state)
    const told = fresh.slice(0, countFitting(fresh))
    const comments = new Map(
      (await source.readChanged(told.map(({ id }) => id))).map((comment) => [comment.id, comment]),
    )

    const before = this.#totals
    const isCut = told.length < fresh.length || versions.length > MOST_VERSIONS
    this.#time = time
    this.#totals = totals
    if (isCut) this.#horizon = (fresh[told.length] ?? versions.at(-1)!).changedAt
    for (const { id, changedAt, state } of versions) this.#known.set(id, { changedAt, state })
    for (const [id, { changedAt }] of this.#known)
      if (changedAt <= time - OVERLAP) this.#known.delete(id)
    const changed = told
      .toReversed()
      .flatMap(({ id, changedAt, length }) => ({ changedAt, length, comment: comments.get(id) }))
      // It may have been erased meanwhile.
      .filter((kept): kept is Kept => kept.comment !== undefined)
    this.#keep(changed)
    const isSame = (Object.keys(totals) as (keyof typeof totals)[]).every(
      (name) => totals[name] === before[name],
    )
    if (!isSame || changed.length > 0 || isCut) return this.#event(changed, isCut)
  }

  /** The totals, and with the time of an earlier event what has changed since. */
  since(time?: number): Event {
    if (time === undefined) return this.#event([], false)
    const after = time - OVERLAP
    const changed = [...this.#recent.values()].filter(({ changedAt }) => changedAt > after)
    return this.#event(changed, after < this.#horizon)
  }

  #event(changed: Kept[], isCut: boolean): Event {
    const comments = changed.map(({ comment }) => comment)
    return { id: this.#time, ...this.#totals, comments, ...(isCut && { reload: true }) }
  }

  #keep(changed: Kept[]): void {
    const all = new Map(this.#recent)
    for (const kept of changed) all.set(kept.comment.id, kept)
    const newest = [...all.values()].sort((a, b) => b.changedAt - a.changedAt)
    const count = countFitting(newest)
    const dropped = newest[count]?.changedAt ?? 0
    this.#horizon = Math.max(this.#horizon, dropped)
    this.#recent = new Map(
      newest
        .slice(0, count)
        .reverse()
        .map((kept) => [kept.comment.id, kept]),
    )
  }
}

/** How many of these, from the first on, are within the bounds. */
function countFitting(list: { length: number }[]): number {
  let characters = 0
  const end = list.findIndex(
    ({ length }, index) => index === MOST_COMMENTS || (characters += length) > MOST_CHARACTERS,
  )
  return end < 0 ? list.length : end
}
