import type { ReactNode } from 'react'

/**
 * Shows a control with its label, help and what is wrong, tied together for screen readers.
 *
 * @param id the id of the control; no other element of the page may have it
 * @param children draws the control with the attributes it is given
 */
export function Field({
  id,
  name,
  label,
  help,
  problem,
  required = true,
  children,
}: {
  id: string
  name: string
  label: string
  help?: string
  problem?: string | undefined
  required?: boolean
  children: (props: {
    id: string
    name: string
    required: boolean
    'aria-invalid': boolean
    'aria-describedby': string | undefined
  }) => ReactNode
}) {
  const helpId = `${id}-help`
  const problemId = `${id}-problem`
  const describedBy = [problem && problemId, help && helpId].filter(Boolean).join(' ')
  return (
    <div className="mt-1">
      <label htmlFor={id} className="mb-hair block font-sans text-base font-semibold">
        {label}
      </label>
      {children({
        id,
        name,
        required,
        'aria-invalid': problem !== undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {problem && (
        <p id={problemId} className="mt-hair font-sans text-base font-semibold text-accent">
          {problem}
        </p>
      )}
      {help && (
        <p id={helpId} className="mt-hair font-sans text-sm text-soft">
          {help}
        </p>
      )}
    </div>
  )
}
