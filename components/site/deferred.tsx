'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { offlineQueue } from '#lib/browser/api-client.ts'

/** Loads what a page can wait for, when the browser has time. */
export function Deferred() {
  const [Content, setContent] = useState<ComponentType>()
  useEffect(() => {
    offlineQueue.load = () => import('#lib/browser/offline/offline-queue.ts')
    // Safari knows no idle time.
    const wait = window.requestIdleCallback ?? setTimeout
    wait(() => {
      void import('#components/site/deferred-content.tsx').then(
        ({ DeferredContent }) => setContent(() => DeferredContent),
        // Without it the page is what it was.
        () => {},
      )
    })
  }, [])
  return Content && <Content />
}
