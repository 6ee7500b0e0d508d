import { useEffect, useState } from 'react'
import { draftedReplies } from '#lib/browser/drafts.ts'
import type { FormKind, OpenForm } from '#lib/rejected-form.ts'

/**
 * Keeps which form is open at which comment. A reply that was begun at an earlier visit opens by itself.
 *
 * @param opened the form that the server opened; it stays open until the reader closes it
 */
export function useOpenForms(opened: OpenForm | undefined) {
  const [touched, setTouched] = useState<Record<string, FormKind | undefined>>({})
  // Read once: another tab may begin a reply meanwhile.
  const [drafted, setDrafted] = useState('')
  // eslint-disable-next-line react-hooks/set-state-in-effect -- the server does not know it
  useEffect(() => setDrafted(draftedReplies()), [])
  const set = (id: string, kind: FormKind | undefined) =>
    setTouched((before) => ({ ...before, [id]: kind }))
  const isFromServer = (id: string) => opened?.id === id && !(id in touched)
  return {
    /** Tells whether the form at a comment is the one that the server opened. */
    isFromServer,
    /** Tells whether the reader has opened or closed a form at a comment. */
    isTouched: (id: string) => id in touched,
    /** Returns which form is open at a comment, if any. */
    kindAt: (id: string) => {
      if (id in touched) return touched[id]
      if (isFromServer(id)) return opened!.kind
      return drafted.includes(id) ? ('reply' as const) : undefined
    },
    open: set,
    close: (id: string) => set(id, undefined),
  }
}
