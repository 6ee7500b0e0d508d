import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'

/**
 * Text that was typed and not sent. It is in localStorage only, so that a reload or a crash loses nothing.
 */
export type Draft = {
  text: string
  /** The UUID that the comment is sent with: sent again after a crash, it is still one comment. */
  key: string
}

/**
 * Reads a draft from localStorage.
 *
 * @param form the name of its form: `comment`, or `reply-` or `edit-` with a comment’s id
 */
export function readDraft(form: string): Draft | undefined {
  const kept = readLocalStorage(`draft-${form}`)
  return kept === null ? undefined : (JSON.parse(kept) as Draft)
}

/**
 * Saves a draft; an empty one is deleted.
 *
 * @param form see `readDraft`
 */
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

/** Returns the name that the reader last typed; empty where there is none. */
export const readName = () => readLocalStorage('name') ?? ''
/** Saves the name that the reader has typed. */
export const saveName = (name: string) => writeLocalStorage('name', name || undefined)
