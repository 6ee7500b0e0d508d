import { ChangesSinceVisit } from '#components/reading/changes-since-visit.tsx'
import { ReadingTools } from '#components/reading/reading-tools.tsx'
import { NetworkNotice } from '#components/offline/network-notice.tsx'

/** What a page can wait for, in one script. */
export function DeferredContent() {
  return (
    <>
      <NetworkNotice />
      <ReadingTools />
      {document.querySelector('.story') && <ChangesSinceVisit />}
    </>
  )
}
