import { ChangesSinceVisit } from '#components/changes-since-visit.tsx'
import { Comforts } from '#components/comforts.tsx'
import { NetworkNotice } from '#components/network-notice.tsx'

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
