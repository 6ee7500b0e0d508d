/** What a reader has typed and not sent: kept by the browser alone, so that a reload or a crash loses nothing. */
export type Draft = {
  text: string
  /** The key that the comment will have: sent again after a crash, it is still one comment. */
  key: string
}

/** @param form names it: `comment`, `reply-` or `edit-` with a comment's id */
export function readDraft(form: string): Draft | undefined {
  const kept = read(`draft-${form}`)
  return kept === null ? undefined : (JSON.parse(kept) as Draft)
}

/** Keeps a draft; nothing is kept of an empty one. */
export function saveDraft(form: string, draft?: Draft): void {
  write(`draft-${form}`, draft?.text ? JSON.stringify(draft) : undefined)
}

/** The name that the reader last wrote under. */
export const readName = () => read('name') ?? ''
export const saveName = (name: string) => write('name', name || undefined)

/** A browser may keep nothing, or no more. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {}
}
