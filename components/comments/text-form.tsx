'use client'

import {
  type FormEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { newUuid } from '#lib/browser/uuid.ts'
import { CommentPreview } from '#components/comments/comment-preview.tsx'
import { Field } from '#components/ui/field.tsx'
import { ApiError, fetchPreview } from '#lib/browser/api-client.ts'
import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import { readDraft, saveDraft } from '#lib/browser/drafts.ts'
import { fill } from '#lib/i18n/messages.ts'
import { PREVIEW, type RejectedForm } from '#lib/rejected-form.ts'
import words from '#messages/comments.json' with { type: 'json' }

type Problems = { message?: string | undefined; fields: Record<string, string> }

/**
 * A form for words: it keeps them while they are written, shows how they will look, and gives them up
 * only when they are known to be sent.
 *
 * @param draft names the draft
 * @param send throws an `ApiError`; the key stays the same until it does not
 * @param refused the form as it came without script, with what was typed
 * @param preview the tree of its text, where that is to be shown
 */
export function TextForm({
  id,
  draft,
  action,
  act,
  label,
  heading,
  button,
  sending: sendingLabel,
  failed,
  text,
  refused,
  preview: shown,
  names,
  send,
  onInput,
  cancel,
  focus,
  children,
}: {
  id: string
  draft: string
  action: string
  /** What the button says that it does, where the address is not enough. */
  act?: string
  label: string
  heading: ReactNode
  button: string
  sending: string
  /** That it failed, with the place of a reason. */
  failed: string
  text?: string | undefined
  refused?: RejectedForm | undefined
  preview?: CommentNode[] | undefined
  /** Fields that may be marked, in their order. */
  names: string[]
  send: (entries: FormData, key: string) => Promise<void>
  onInput?: () => void
  cancel?: ReactNode
  focus?: boolean | undefined
  children?: (problems: Record<string, string>) => ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  const [problems, setProblems] = useState<Problems>(
    refused && refused.code !== PREVIEW ? marked(refused, failed, names) : { fields: {} },
  )
  const [sending, setSending] = useState<'words' | 'preview'>()
  const [preview, setPreview] = useState(shown)
  /** Stays the same until the words are known to be sent, so that sending again is safe. */
  const key = useRef<string>(undefined)
  const kept = useRef(draft)
  useDraft(draft, form, key, { focus, isTyped: refused !== undefined, onKept: onInput })

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (sending) return
    const element = event.currentTarget
    const entries = new FormData(element)
    const { submitter } = event.nativeEvent as SubmitEvent
    const isPreview = (submitter as HTMLButtonElement | null)?.value === PREVIEW
    if (isPreview) entries.delete('name')
    setSending(isPreview ? 'preview' : 'words')
    try {
      // Where they cannot be had, the server tells.
      const fields = await findProblems(entries).catch(() => ({}))
      setProblems({ fields })
      if (focusFirst(element, names, fields)) return
      if (isPreview) {
        const { body } = await fetchPreview(String(entries.get('text')))
        setPreview(body)
      } else {
        key.current ??= newUuid()
        saveDraft(kept.current, { text: String(entries.get('text')), key: key.current })
        await send(entries, key.current)
        key.current = undefined
        // Not reset(): that would bring back what a refused form was shown with.
        control(element, 'text').value = ''
        saveDraft(kept.current)
        setPreview(undefined)
      }
    } catch (error) {
      const { code, message, fields } = error as ApiError
      if (code === 'key_used') key.current = undefined
      // Where it stands it would not be seen again: the form for a comment is there always.
      if (code === 'parent_gone' && !readDraft('comment')) {
        kept.current = 'comment'
        saveDraft(kept.current, readDraft(draft))
        saveDraft(draft)
      }
      setProblems(marked({ message, fields }, failed, names))
      focusFirst(element, names, fields)
    } finally {
      setSending(undefined)
    }
  }

  return (
    <form
      ref={form}
      id={id}
      method="post"
      action={`${action}#${id}`}
      aria-labelledby={`${id}-heading`}
      onSubmit={submit}
      noValidate
      className="mt-2 border border-ink p-1.5"
    >
      <h3 id={`${id}-heading`} className="text-[1.3125rem] font-bold">
        {heading}
      </h3>
      <p role="alert" className="font-sans text-base font-semibold text-accent empty:hidden">
        {problems.message}
      </p>
      {children?.(problems.fields)}
      <Field
        id={`${draft}-text`}
        name="text"
        label={label}
        problem={problems.fields.text}
        help={words.help}
      >
        {(props) => (
          <textarea
            {...props}
            rows={5}
            // What is added while it is on its way would be lost.
            readOnly={sending === 'words'}
            onInput={({ currentTarget }) => {
              key.current ??= newUuid()
              saveDraft(kept.current, { text: currentTarget.value, key: key.current })
              onInput?.()
            }}
            defaultValue={refused?.values.text ?? text}
            className="ruled-paper block field-sizing-content max-h-[30rem] min-h-[9.375rem] w-full px-[0.25rem]"
          />
        )}
      </Field>
      <div role="status">{preview && <CommentPreview nodes={preview} />}</div>
      <p className="mt-1 flex flex-wrap gap-1 font-sans text-base font-semibold">
        <button
          name={act && 'act'}
          value={act}
          aria-disabled={sending !== undefined}
          className="min-h-[3rem] bg-ink px-1.5 text-paper hover:bg-accent aria-disabled:opacity-60"
        >
          {sending === 'words' ? sendingLabel : button}
        </button>
        <button name="act" value={PREVIEW} className="min-h-[3rem] border border-ink px-1">
          {words.preview}
        </button>
        {cancel}
      </p>
    </form>
  )
}

/** Brings back what was typed and not sent, under the key that it may have been sent with. */
function useDraft(
  draft: string,
  formRef: RefObject<HTMLFormElement | null>,
  keyRef: RefObject<string | undefined>,
  {
    focus,
    isTyped,
    onKept,
  }: { focus?: boolean | undefined; isTyped: boolean; onKept?: (() => void) | undefined },
) {
  const tellKept = useEffectEvent(() => onKept?.())
  useEffect(() => {
    const text = control(formRef.current!, 'text')
    const kept = readDraft(draft)
    // What stands in the field is newer: a refused form's, or typed before this ran.
    if (isTyped || text.value !== text.defaultValue)
      saveDraft(draft, { text: text.value, key: (keyRef.current ??= newUuid()) })
    else if (kept) {
      text.value = kept.text
      keyRef.current = kept.key
      tellKept()
    }
    if (focus) text.focus()
  }, [draft, formRef, keyRef, focus, isTyped])
}

/** What is wrong with a field stands by the field. */
function marked({ message, fields }: Problems, failed: string, names: string[]): Problems {
  const isMarked = names.some((name) => fields[name])
  return { message: fill(failed, { reason: isMarked ? words.marked : (message ?? '') }), fields }
}

/** They come when they are needed: most readers write nothing. */
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
