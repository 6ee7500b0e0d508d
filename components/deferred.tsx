'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { outbox } from '#lib/api.ts'

/** Loads what a page can wait for, when the browser has time. */
export function Deferred() {
  const [Later, setLater] = useState<ComponentType>()
  useEffect(() => {
    outbox.open = () => import('#lib/outbox.ts')
    // Safari knows no idle time.
    const wait = window.requestIdleCallback ?? setTimeout
    wait(() =>
      import('#components/later.tsx').then(
        ({ Later }) => setLater(() => Later),
        // Without it the page is what it was.
        () => {},
      ),
    )
  }, [])
  return Later && <Later />
}
