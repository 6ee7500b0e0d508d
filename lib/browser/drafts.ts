import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'

/** What a reader has typed and not sent: kept by the browser alone, so that a reload or a crash loses nothing. */
export type Draft = {
  text: string
  /** The key that the comment will have: sent again after a crash, it is still one comment. */
  key: string
}

/** @param form names it: `comment`, `reply-` or `edit-` with a comment's id */
export function readDraft(form: string): Draft | undefined {
  const kept = readLocalStorage(`draft-${form}`)
  return kept === null ? undefined : (JSON.parse(kept) as Draft)
}

/** Keeps a draft; nothing is kept of an empty one. */
export function saveDraft(form: string, draft?: Draft): void {
  writeLocalStorage(`draft-${form}`, draft?.text ? JSON.stringify(draft) : undefined)
}

/** Returns the ids of the comments to which a reply was begun and not sent, separated by spaces. */
export function draftedReplies(): string {
  try {
    return Object.keys(localStorage)
      .flatMap((key) => key.match(/^draft-reply-(.*)/)?.[1] ?? [])
      .join(' ')
  } catch {
    return ''
  }
}

/** The name that the reader last wrote under. */
export const readName = () => readLocalStorage('name') ?? ''
export const saveName = (name: string) => writeLocalStorage('name', name || undefined)
