import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { type Draft, readDraft, saveDraft } from '#lib/browser/drafts.ts'
import { newUuid } from '#lib/browser/uuid.ts'

/**
 * Keeps the text of a form in the browser until it is known to be sent, and brings back what an earlier
 * visit left. The key stays the same as long: the server counts a text that comes twice under one key once.
 *
 * @param name see `readDraft`
 * @param isTyped whether the form was rendered with what the reader had typed, which is newer than the draft
 * @param focus whether the text area gets the focus
 * @param onRestore told when an earlier draft was brought back
 */
export function useDraft(
  name: string,
  form: RefObject<HTMLFormElement | null>,
  {
    isTyped,
    focus,
    onRestore,
  }: { isTyped: boolean; focus?: boolean | undefined; onRestore?: (() => void) | undefined },
) {
  const savedAs = useRef(name)
  const key = useRef<string>(undefined)
  const restored = useEffectEvent(() => onRestore?.())
  useEffect(() => {
    const text = form.current!.elements.namedItem('text') as HTMLTextAreaElement
    const draft = readDraft(name)
    // The field is newer than the draft where it was rejected, or typed into before this ran.
    if (isTyped || text.value !== text.defaultValue)
      saveDraft(name, { text: text.value, key: (key.current ??= newUuid()) })
    else if (draft) {
      text.value = draft.text
      key.current = draft.key
      restored()
    }
    if (focus) text.focus()
  }, [name, form, isTyped, focus])
  return {
    /** Saves the text, and returns it with the key to send it with. */
    save(text: string): Draft {
      const draft = { text, key: (key.current ??= newUuid()) }
      saveDraft(savedAs.current, draft)
      return draft
    },
    /** Forgets the text and its key: both have been sent. */
    discard() {
      key.current = undefined
      saveDraft(savedAs.current)
    },
    /** Gives the text another key, where its own has been used for another text. */
    renewKey() {
      key.current = undefined
    },
    /** Keeps the text as a draft of a new comment, unless there is one: its own form will not be back. */
    moveToNewComment() {
      if (readDraft(NEW_COMMENT)) return
      saveDraft(NEW_COMMENT, readDraft(name))
      saveDraft(name)
      savedAs.current = NEW_COMMENT
    },
  }
}

const NEW_COMMENT = 'comment'
