import { ChangesSinceVisit } from '#components/reading/changes-since-visit.tsx'
import { Comforts } from '#components/reading/reading-tools.tsx'
import { NetworkNotice } from '#components/offline/network-notice.tsx'

/** What a page can wait for, in one script. */
export function Later() {
  return (
    <>
      <NetworkNotice />
      <Comforts />
      {document.querySelector('.story') && <ChangesSinceVisit />}
    </>
  )
}
