import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'

/** What a reader has seen of the story. It is in localStorage only: the server never knows. */
type Snapshot = {
  /** When it was last seen, in UTC milliseconds. */
  at: number
  /** Fingerprints of the passages and corrections, by which they are recognised. */
  passages: string[]
  corrections: string[]
}

type LastVisit = Snapshot & {
  /**
   * The snapshot before, shown until a time in UTC milliseconds: after a reload the changes are shown again.
   */
  before?: Snapshot & { until: number }
}

export type StoryChanges = {
  /** When the reader saw the story before, in UTC milliseconds. */
  since: number
  passages: HTMLElement[]
  removed: number
  corrections: number
}

const KEY = 'edition'
/** Milliseconds for which changes are shown again: a day. */
const DAY = 86_400_000
const PASSAGES =
  '#headline, .story > :not(.pull-quote, .footnote, .footnotes), .story > .footnotes li'

/**
 * Saves what is on the page, and returns what has changed since the last visit. Nothing at the first visit,
 * and where no passage is the same: that is another story.
 *
 * @param now in UTC milliseconds
 */
export function recordVisit(now: number): StoryChanges | undefined {
  const elements = [...document.querySelectorAll<HTMLElement>(PASSAGES)]
  const passages = elements.map(fingerprint)
  const corrections = [...document.querySelectorAll('#corrections li')].map(fingerprint)
  const seen = { at: now, passages, corrections }
  const saved = read()
  const isKnown = saved?.passages.some((mark) => passages.includes(mark))
  if (!saved || !isKnown) return void write(seen)

  const { before, ...last } = saved
  const isSame = fingerprintOfAll(last) === fingerprintOfAll(seen)
  const old = isSame ? before : { ...last, until: now + DAY }
  const shown = old && old.until > now ? old : undefined
  write({ ...seen, ...(shown && { before: shown }) })
  if (!shown) return
  const isNew = (mark: string) => !shown.passages.includes(mark)
  const gone = shown.passages.filter((mark) => !passages.includes(mark))
  return {
    since: shown.at,
    passages: elements.filter((_, index) => isNew(passages[index]!)),
    // A rewritten passage counts as changed, not as removed.
    removed: Math.max(0, gone.length - passages.filter(isNew).length),
    corrections: corrections.filter((mark) => !shown.corrections.includes(mark)).length,
  }
}

/** Forgets the changes: the reader has seen them. */
export function dismissChanges(): void {
  const saved = read()
  if (!saved) return
  const { before: _, ...seen } = saved
  write(seen)
}

function fingerprintOfAll({ passages, corrections }: Snapshot): string {
  return [...passages, '', ...corrections].join()
}

/**
 * Returns a hash of an element’s text (FNV-1a, 32 bits) and its length, without notes in it and references
 * to them, whose numbers change.
 */
function fingerprint(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const note of copy.querySelectorAll('[class^=footnote]')) note.remove()
  const text = copy.textContent.replace(/\s+/g, ' ').trim()
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return `${(hash >>> 0).toString(36)}-${text.length.toString(36)}`
}

/** Reads localStorage; undefined where it holds something else. */
function read(): LastVisit | undefined {
  try {
    const saved = JSON.parse(readLocalStorage(KEY) ?? 'null') as LastVisit | null
    return saved && Array.isArray(saved.passages) && Array.isArray(saved.corrections)
      ? saved
      : undefined
  } catch {}
}

function write(saved: LastVisit): void {
  writeLocalStorage(KEY, JSON.stringify(saved))
}
