import { ChangesSinceVisit } from '#components/reading/changes-since-visit.tsx'
import { ReadingTools } from '#components/reading/reading-tools.tsx'
import { NetworkNotice } from '#components/offline/network-notice.tsx'

/**
 * Shows what a page can wait for: the notice of the network, the reading tools, the changes since the last
 * visit.
 */
export function DeferredContent() {
  return (
    <>
      <NetworkNotice />
      <ReadingTools />
      {document.querySelector('.story') && <ChangesSinceVisit />}
    </>
  )
}
