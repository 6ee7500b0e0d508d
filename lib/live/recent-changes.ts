import type { LiveChange, LiveComment } from '#lib/comments/live-change.ts'
import type { Store, Version } from '#lib/store/index.ts'

/** Where the looks go. */
export type Source = Pick<Store, 'readVersions' | 'readChanged'>
/** A change and the time of the look that found it, in milliseconds. */
export type Event = LiveChange & { id: number }

/**
 * A transaction names its time before it is committed, and the clocks of several servers differ: each
 * look goes back so far behind the one before, in milliseconds.
 */
const OVERLAP = 15_000
/** As many comments, and characters of their text, are told at once, or to who comes back. */
const MOST_COMMENTS = 100
const MOST_CHARACTERS = 50_000
/** Of so many changed comments a look takes notice. */
const MOST_VERSIONS = 1_000

type Kept = Pick<Version, 'id' | 'changedAt' | 'length'>

/** What has changed last in the store, as far as looks at it have found. */
export class Changes {
  readonly #source: () => Promise<Source>
  #time = 0
  #totals = { up: 0, down: 0, views: 0, total: 0 }
  /** The states of the comments that the next look may find again. */
  readonly #known = new Map<string, { changedAt: number; state: string }>()
  /** By id, the one that changed last at the end. */
  #recent = new Map<string, Kept>()
  /** Those of `#recent` as they are shown: not kept for longer, because they may be erased. */
  #shown: Promise<Map<string, LiveComment>> | undefined
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
    const comments = await readComments(source, told)

    const before = this.#totals
    const isCut = told.length < fresh.length || versions.length > MOST_VERSIONS
    this.#time = time
    this.#totals = totals
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
    if (!isSame || changed.length > 0 || isCut) return this.#event(changed, isCut)
  }

  /** The time of the last look. */
  get time(): number {
    return this.#time
  }

  /** The totals, and with the time of an earlier event what has changed since, read once a look. */
  async since(time?: number): Promise<Event> {
    if (time === undefined) return this.#event([], false)
    const after = time - OVERLAP
    const wanted = [...this.#recent.values()].filter(({ changedAt }) => changedAt > after)
    const told = this.#event([], after < this.#horizon)
    if (wanted.length === 0) return told
    this.#shown ??= this.#source().then((source) =>
      readComments(source, [...this.#recent.values()]),
    )
    const shown = await this.#shown
    return { ...told, comments: wanted.flatMap(({ id }) => shown.get(id) ?? []) }
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

/** By id; one that was erased meanwhile is not among them. */
async function readComments(
  source: Source,
  wanted: { id: string }[],
): Promise<Map<string, LiveComment>> {
  const comments = await source.readChanged(wanted.map(({ id }) => id))
  return new Map(comments.map((comment) => [comment.id, comment]))
}

/** How many of these, from the first on, are within the bounds: at least one. */
function countFitting(list: { length: number }[]): number {
  let characters = 0
  const end = list.findIndex(({ length }, index) => {
    characters += length
    return index === MOST_COMMENTS || (index > 0 && characters > MOST_CHARACTERS)
  })
  return end < 0 ? list.length : end
}
