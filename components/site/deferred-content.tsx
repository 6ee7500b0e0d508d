import { ChangesSinceVisit } from '#components/reading/changes-since-visit.tsx'
import { ReadingTools } from '#components/reading/reading-tools.tsx'
import { useEffect } from 'react'
import { NetworkNotice } from '#components/offline/network-notice.tsx'
import { followReading } from '#lib/browser/reading/follow-reading.ts'

/**
 * Shows what a page can wait for: the notice of the network, the reading tools, the changes since the last
 * visit.
 */
export function DeferredContent() {
  useEffect(followReading, [])
  return (
    <>
      <NetworkNotice />
      <ReadingTools />
      {document.querySelector('.story') && <ChangesSinceVisit />}
    </>
  )
}
