'use client'

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { ApiError } from '#lib/browser/api-client.ts'
import { firstProblem } from '#lib/rejected-form.ts'

/**
 * Shows a small form at a comment, which asks before something is done: a heading, what is asked, a button,
 * and Cancel.
 *
 * @param send rejects with an `ApiError`
 * @param message why the form was rejected that came without script
 * @param focus whether its first control gets the focus
 */
export function ConfirmForm({
  id,
  action,
  heading,
  button,
  message = '',
  send,
  cancel,
  focus,
  children,
}: {
  id: string
  action: string
  heading: string
  button: string
  message?: string | undefined
  send: (entries: FormData) => Promise<void>
  cancel: ReactNode
  focus: boolean
  children: ReactNode
}) {
  const [problem, setProblem] = useState(message)
  const [sending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const focusFirst = () =>
    form.current!.querySelector<HTMLElement>('input:not([type=hidden]), button')!.focus()
  useEffect(() => {
    if (focus) focusFirst()
    // Once, when it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (sending) return
    const entries = new FormData(event.currentTarget)
    setSending(true)
    try {
      await send(entries)
    } catch (error) {
      setProblem(firstProblem(error as ApiError))
      setSending(false)
      focusFirst()
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
      className="mt-1 font-sans text-base"
    >
      <h3 id={`${id}-heading`} className="font-semibold">
        {heading}
      </h3>
      <p role="alert" className="problem">
        {problem}
      </p>
      {children}
      <p className="mt-1 flex flex-wrap gap-1 font-semibold">
        <SubmitButton isSending={sending}>{button}</SubmitButton>
        {cancel}
      </p>
    </form>
  )
}
