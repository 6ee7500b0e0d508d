'use client'

import type { ReactNode } from 'react'
import { ConfirmForm } from '#components/comments/confirm-form.tsx'
import { Field } from '#components/ui/field.tsx'
import {
  type Comment,
  NOTE_LIMIT,
  REPORT_REASONS,
  type ReportReason,
} from '#lib/comments/comment.ts'
import { sendReport } from '#lib/browser/comments-client.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }

/** Lets readers report a comment to the moderators. */
export function ReportForm({
  comment: { id },
  values = {},
  token,
  onReported,
  ...form
}: {
  comment: Comment
  /** What was chosen and typed in a form that came without script, by the names of its fields. */
  values?: Record<string, string> | undefined
  token?: string | undefined
  onReported: () => void
  message?: string | undefined
  cancel: ReactNode
  focus: boolean
}) {
  return (
    <ConfirmForm
      id={`report-${id}`}
      action={`/api/comments/${id}/reports`}
      heading={actionMessages.report}
      button={actionMessages.reportButton}
      send={async (entries) => {
        const reason = entries.get('reason') as ReportReason
        await sendReport(id, reason, String(entries.get('note')))
        onReported()
      }}
      {...form}
    >
      {token && <input type="hidden" name="token" value={token} />}
      <fieldset className="mt-0.5">
        <legend className="sr-only">{actionMessages.whatIsWrong}</legend>
        {REPORT_REASONS.map((reason) => (
          <label key={reason} className="flex min-h-touch items-center gap-0.5">
            <input
              type="radio"
              name="reason"
              value={reason}
              defaultChecked={values.reason === reason}
              className="size-icon accent-ink"
            />
            {actionMessages[reason]}
          </label>
        ))}
      </fieldset>
      <Field id={`report-${id}-note`} name="note" label={actionMessages.note} required={false}>
        {(props) => (
          <input
            {...props}
            maxLength={NOTE_LIMIT}
            defaultValue={values.note}
            className="h-3 w-full border-b border-ink px-hair"
          />
        )}
      </Field>
    </ConfirmForm>
  )
}
