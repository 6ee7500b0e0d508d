'use client'

import { type ComponentType, useEffect, useLayoutEffect, useState } from 'react'
import { outbox } from '#lib/api.ts'
import { allowOwnScripts } from '#lib/trusted-types.ts'

/** Loads what a page can wait for, when the browser has time. */
export function Deferred() {
  const [Later, setLater] = useState<ComponentType>()
  // Before the effects of all others: a draft that comes back loads the proof of work.
  useLayoutEffect(allowOwnScripts, [])
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
