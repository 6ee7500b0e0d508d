import { useEffect, useState } from 'react'
import { offlineQueue } from '#lib/browser/api-client.ts'
import { sendQueue } from '#lib/browser/offline/offline-queue.ts'

/** How often it is looked whether the server can be reached again, in milliseconds. */
const BETWEEN_LOOKS = 10_000

const DOUBTS = ['offline', 'unreachable']
const HOPES = ['online', 'pageshow']

/**
 * Whether the server can be reached, by what came of requests: a browser that believes in its network
 * may be wrong. When it is reached again a `reachable` event tells, and what waits is sent.
 */
export function useConnectivity(wasReached: boolean) {
  const [reached, setReached] = useState(wasReached)
  const [isBack, setBack] = useState(false)
  // What waits from another visit is sent at this one.
  useEffect(() => void sendQueue().catch(() => {}), [])
  useEffect(() => {
    const look = async ({ sends }: { sends: boolean }) => {
      if (document.hidden) return
      const isThere = await fetch('/api/health', {
        method: 'HEAD',
        cache: 'no-store',
        signal: AbortSignal.timeout(BETWEEN_LOOKS),
      }).then(
        ({ ok }) => ok,
        () => false,
      )
      setReached(isThere)
      if (isThere !== reached) setBack(isThere)
      if (isThere && !reached) dispatchEvent(new Event('reachable'))
      if (isThere && (sends || !reached)) await sendQueue().catch(() => {})
    }
    // What has just failed is not tried again at once, even where the server can be reached.
    const doubt = () => void look({ sends: false })
    const hope = () => void look({ sends: true })
    const timer = setInterval(() => (reached && !offlineQueue.hasRequests) || hope(), BETWEEN_LOOKS)
    for (const name of DOUBTS) addEventListener(name, doubt)
    for (const name of HOPES) addEventListener(name, hope)
    return () => {
      clearInterval(timer)
      for (const name of DOUBTS) removeEventListener(name, doubt)
      for (const name of HOPES) removeEventListener(name, hope)
    }
  }, [reached])
  return { reached, isBack, isOffline: !navigator.onLine }
}
