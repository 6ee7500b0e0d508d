import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'

/**
 * What a reader has seen of the story, kept by the browser alone: who comes back is told what has
 * changed since.
 */
type Snapshot = {
  /** When it was last seen, in milliseconds. */
  at: number
  /** Marks of the passages and corrections, by which the same words are known again. */
  passages: string[]
  corrections: string[]
}

type LastVisit = Snapshot & {
  /** The one before, and when its successor was first seen: a reload shows the changes again. */
  before?: Snapshot & { until: number }
}

export type StoryChanges = {
  /** When the reader last saw the story otherwise, in milliseconds. */
  since: number
  passages: HTMLElement[]
  removed: number
  corrections: number
}

const KEY = 'edition'
/** For so long changes are shown again, in milliseconds. */
const DAY = 86_400_000
const PASSAGES =
  '#headline, .story > :not(.pull-quote, .footnote, .footnotes), .story > .footnotes li'

/**
 * Keeps what is on the page, and says what of it is new to this reader. Nothing is where it is the
 * first visit, and where no passage is as it was: that is another story.
 */
export function recordVisit(now: number): StoryChanges | undefined {
  const elements = [...document.querySelectorAll<HTMLElement>(PASSAGES)]
  const passages = elements.map(fingerprint)
  const corrections = [...document.querySelectorAll('#corrections li')].map(fingerprint)
  const seen = { at: now, passages, corrections }
  const kept = read()
  const isKnown = kept?.passages.some((mark) => passages.includes(mark))
  if (!kept || !isKnown) return void write(seen)

  const { before, ...last } = kept
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
    // One that was rewritten is gone, too, and has its new one on the page.
    removed: Math.max(0, gone.length - passages.filter(isNew).length),
    corrections: corrections.filter((mark) => !shown.corrections.includes(mark)).length,
  }
}

/** The reader has seen the changes. */
export function dismissChanges(): void {
  const kept = read()
  if (!kept) return
  const { before: _, ...seen } = kept
  write(seen)
}

function fingerprintOfAll({ passages, corrections }: Snapshot): string {
  return [...passages, '', ...corrections].join()
}

/** A hash of its words (FNV-1a, 32 bits) and their number; references to notes are counted anew. */
function fingerprint(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const reference of copy.querySelectorAll('.footnote-reference')) reference.remove()
  const text = copy.textContent.replace(/\s+/g, ' ').trim()
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return `${(hash >>> 0).toString(36)}-${text.length.toString(36)}`
}

/** A browser may keep something else. */
function read(): LastVisit | undefined {
  try {
    const kept = JSON.parse(readLocalStorage(KEY) ?? 'null') as LastVisit | null
    return kept && Array.isArray(kept.passages) && Array.isArray(kept.corrections)
      ? kept
      : undefined
  } catch {}
}

function write(kept: LastVisit): void {
  writeLocalStorage(KEY, JSON.stringify(kept))
}
