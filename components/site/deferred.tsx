'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { outbox } from '#lib/browser/api-client.ts'

/** Loads what a page can wait for, when the browser has time. */
export function Deferred() {
  const [Later, setLater] = useState<ComponentType>()
  useEffect(() => {
    outbox.open = () => import('#lib/browser/offline/queue.ts')
    // Safari knows no idle time.
    const wait = window.requestIdleCallback ?? setTimeout
    wait(() =>
      import('#components/site/later.tsx').then(
        ({ Later }) => setLater(() => Later),
        // Without it the page is what it was.
        () => {},
      ),
    )
  }, [])
  return Later && <Later />
}
