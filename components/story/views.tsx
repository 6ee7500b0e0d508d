'use client'

import { useEffect, useState } from 'react'
import { sendView } from '#lib/browser/api-client.ts'
import { subscribeToTotals } from '#lib/browser/live-totals.ts'
import { plural } from '#lib/i18n/messages.ts'
import messages from '#messages/page.json' with { type: 'json' }

/**
 * Counts this view and shows all views, in a line of its own that is there before they are known.
 *
 * @param initial how many there were when the page was made; else they are shown once a script has counted
 */
export function Views({ initial }: { initial?: number | undefined }) {
  const [views, setViews] = useState(initial)
  useEffect(() => {
    // An error is not shown: readers can do without the count.
    const viewed = window.viewed ?? sendView()
    const show = (answer: { views: number }) => setViews(answer.views)
    viewed.then(show, () => {})
    return subscribeToTotals(show)
  }, [])
  return (
    <p
      className={`mt-0.5 min-h-1.5 font-sans text-sm text-soft lining-nums tabular-nums ${initial === undefined ? 'needs-script' : ''}`}
    >
      {views !== undefined && plural(messages.views, views)}
    </p>
  )
}
