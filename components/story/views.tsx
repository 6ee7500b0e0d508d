'use client'

import { useEffect, useState } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import { sendView } from '#lib/browser/api-client.ts'
import { subscribeToTotals } from '#lib/browser/live-totals.ts'
import { formatNumber, plural } from '#lib/i18n/messages.ts'
import type { LangAttributes } from '#lib/i18n/script.ts'
import messages from '#messages/page.json' with { type: 'json' }

/**
 * Counts this view and shows all views, in space for six figures, on narrow screens for four. The line is
 * centred as if the space were smaller: with few figures it would look off centre.
 *
 * @param initial how many there were when the page was made; else they are shown once a script has counted
 */
export function Views({
  initial,
  ...langAttributes
}: Partial<LangAttributes> & { initial?: number | undefined }) {
  const [views, setViews] = useState(initial)
  useEffect(() => {
    // An error is not shown: readers can do without the count.
    const viewed = window.viewed ?? sendView()
    const show = (answer: { views: number }) => setViews(answer.views)
    viewed.then(show, () => {})
    return subscribeToTotals(show)
  }, [])
  return (
    <span
      className={`inline-flex items-center gap-0.5 ${initial === undefined ? 'needs-script' : ''}`}
      {...langAttributes}
    >
      <Icon name="eye" className="size-[1.125rem]" />
      <span className="me-[-1.5em] min-w-[4.5em] text-start lining-nums tabular-nums max-[27rem]:me-[-1em] max-[27rem]:min-w-[2.5em]">
        {views === undefined ? '–' : formatNumber(views)}{' '}
        <span className="sr-only">{plural(messages.views, views ?? 0)}</span>
      </span>
    </span>
  )
}
