'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import { Comforts } from '#components/comforts.tsx'
import { outbox } from '#lib/api.ts'
import { allowOwnScripts } from '#lib/trusted-types.ts'

const NetworkNotice = lazy(() =>
  import('#components/network-notice.tsx').then(({ NetworkNotice }) => ({
    default: NetworkNotice,
  })),
)

/** Tells the page's loader that React answers from here on; what is for no network comes when there is time. */
export function Hydrated() {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => {
    allowOwnScripts()
    outbox.open = () => import('#lib/outbox.ts')
    window.dispatchEvent(new Event('hydrated'))
    // Safari knows no idle time.
    const wait = window.requestIdleCallback ?? setTimeout
    wait(() => setIdle(true))
  }, [])
  return (
    <>
      {isIdle && (
        <Suspense>
          <NetworkNotice />
        </Suspense>
      )}
      <Comforts />
    </>
  )
}
