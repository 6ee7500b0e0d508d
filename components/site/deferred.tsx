'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { offlineQueue } from '#lib/browser/api-client.ts'

/** Loads `DeferredContent` when the browser is idle, and says how the offline queue is loaded. */
export function Deferred() {
  const [Content, setContent] = useState<ComponentType>()
  useEffect(() => {
    offlineQueue.load = () => import('#lib/browser/offline/offline-queue.ts')
    // Safari has no requestIdleCallback.
    const wait = window.requestIdleCallback ?? setTimeout
    wait(() => {
      void import('#components/site/deferred-content.tsx').then(
        ({ DeferredContent }) => setContent(() => DeferredContent),
        // Without it the page stays as it is.
        () => {},
      )
    })
  }, [])
  return Content && <Content />
}
