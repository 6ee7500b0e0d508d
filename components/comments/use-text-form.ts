import { type FormEvent, useRef, useState } from 'react'
import { useDraft } from '#components/comments/use-draft.ts'
import { type ApiError, fetchPreview } from '#lib/browser/api-client.ts'
import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import { fill } from '#lib/i18n/messages.ts'
import { PREVIEW, type RejectedForm } from '#lib/rejected-form.ts'
import messages from '#messages/comments.json' with { type: 'json' }

type Problems = { message?: string | undefined; fields: Record<string, string> }

/** What `components/comments/text-form.tsx` draws. */
export type TextFormState = ReturnType<typeof useTextForm>

/**
 * Checks, previews and sends a form with a text. The text is kept as a draft until it is known to be sent.
 *
 * @param draft the draft's name, see `readDraft`
 * @param fields names of the fields that may be marked, in the order in which they stand
 * @param failed the message that sending failed, with `{reason}` in it
 * @param rejected the form as it came without script, with what was typed
 * @param preview its text, where the reader asked for a preview without script
 * @param send rejects with an `ApiError`; until it does not, each call has the same key
 * @param onText told when there is a text: typed, or left by an earlier visit
 * @param focus whether the text area gets the focus
 */
export function useTextForm({
  draft: draftName,
  fields: names,
  failed,
  rejected,
  preview: givenPreview,
  send,
  onText,
  focus,
}: {
  draft: string
  fields: string[]
  failed: string
  rejected: RejectedForm | undefined
  preview: CommentNode[] | undefined
  send: (entries: FormData, key: string) => Promise<void>
  onText?: (() => void) | undefined
  focus?: boolean | undefined
}) {
  const form = useRef<HTMLFormElement>(null)
  const draft = useDraft(draftName, form, {
    isTyped: rejected !== undefined,
    focus,
    onRestore: onText,
  })
  const [problems, setProblems] = useState<Problems>(
    rejected && rejected.code !== PREVIEW ? explain(rejected, failed, names) : { fields: {} },
  )
  const [sending, setSending] = useState<'text' | 'preview'>()
  const [preview, setPreview] = useState(givenPreview)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (sending) return
    const element = event.currentTarget
    const entries = new FormData(element)
    const text = String(entries.get('text'))
    const { submitter } = event.nativeEvent as SubmitEvent
    const isPreview = (submitter as HTMLButtonElement | null)?.value === PREVIEW
    if (isPreview) entries.delete('name')
    setSending(isPreview ? 'preview' : 'text')
    try {
      // Without the rules' script the server tells what is wrong.
      const fields = await findProblems(entries).catch(() => ({}))
      setProblems({ fields })
      if (focusFirst(element, names, fields)) return
      if (isPreview) setPreview((await fetchPreview(text)).body)
      else {
        await send(entries, draft.save(text).key)
        draft.discard()
        // reset() would bring back what a rejected form was rendered with.
        control(element, 'text').value = ''
        setPreview(undefined)
      }
    } catch (error) {
      const { code, message, fields } = error as ApiError
      if (code === 'key_used') draft.renewKey()
      if (code === 'parent_gone') draft.moveToNewComment()
      setProblems(explain({ message, fields }, failed, names))
      focusFirst(element, names, fields)
    } finally {
      setSending(undefined)
    }
  }
  const type = (text: string) => {
    draft.save(text)
    onText?.()
  }
  return { form, problems, sending, preview, typed: rejected?.values, submit, type }
}

/** Says why sending failed; what is wrong with a field stands beside the field. */
function explain({ message, fields }: Problems, failed: string, names: string[]): Problems {
  const isMarked = names.some((name) => fields[name])
  return { message: fill(failed, { reason: isMarked ? messages.marked : (message ?? '') }), fields }
}

/** Checks a form by the rules, which are loaded only now: most readers write nothing. */
async function findProblems(entries: FormData): Promise<Record<string, string>> {
  const { commentProblems } = await import('#lib/comments/validation.ts')
  return commentProblems(entries)
}

function control(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement
}

/** Moves to the first field with a problem; false when there is none. */
function focusFirst(
  form: HTMLFormElement,
  names: string[],
  fields: Record<string, string>,
): boolean {
  const name = names.find((name) => fields[name])
  if (name) control(form, name).focus()
  return name !== undefined
}
