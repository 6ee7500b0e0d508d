import type { ReactNode } from 'react'

/**
 * Sends its form. While that is on its way it only says that it is disabled: a disabled button would lose
 * the focus.
 */
export function SubmitButton({
  isSending,
  ...props
}: {
  isSending: boolean
  name?: string | undefined
  value?: string | undefined
  children: ReactNode
}) {
  return (
    <button
      aria-disabled={isSending}
      className="min-h-button bg-ink px-1.5 text-paper hover:bg-soft aria-disabled:opacity-60"
      {...props}
    />
  )
}
