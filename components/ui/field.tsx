import type { ReactNode } from 'react'

/**
 * Shows a control with its label, help and what is wrong, tied together for screen readers.
 *
 * @param id the id of the control; no other element of the page may have it
 * @param tools stands at the end of the label's line
 * @param children draws the control with the attributes it is given
 */
export function Field({
  id,
  name,
  label,
  help,
  problem,
  required = true,
  tools,
  children,
}: {
  id: string
  name: string
  label: string
  help?: string
  problem?: string | undefined
  required?: boolean
  tools?: ReactNode
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
      <div className="flex items-center justify-between font-sans text-base font-semibold">
        <label htmlFor={id}>{label}</label>
        {tools}
      </div>
      {children({
        id,
        name,
        required,
        'aria-invalid': problem !== undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {problem && (
        <p id={problemId} className="problem">
          {problem}
        </p>
      )}
      {help && (
        <p id={helpId} className="help mt-hair font-sans text-sm text-soft">
          {help}
        </p>
      )}
    </div>
  )
}
