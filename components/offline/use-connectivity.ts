import { useEffect, useState } from 'react'
import { offlineQueue } from '#lib/browser/api-client.ts'
import { sendQueue } from '#lib/browser/offline/offline-queue.ts'

/** Milliseconds between two requests that check whether the server can be reached. */
const CHECK_INTERVAL = 10_000

const LOSS_EVENTS = ['offline', 'unreachable']
const RETURN_EVENTS = ['online', 'pageshow']

/**
 * Tells whether the server can be reached, by what came of requests: `navigator.onLine` may be wrong. When it
 * can be reached again, it dispatches a `reachable` event and sends what is queued.
 *
 * @param wasReached whether the server gave this page, and not a cache
 * @returns `isBack` is set once the server has been reached again, until it is lost
 */
export function useConnectivity(wasReached: boolean) {
  const [reached, setReached] = useState(wasReached)
  const [isBack, setBack] = useState(false)
  // What an earlier visit has queued is sent now.
  useEffect(() => void sendQueue().catch(() => {}), [])
  useEffect(() => {
    const check = async ({ sends }: { sends: boolean }) => {
      if (document.hidden) return
      const isThere = await fetch('/api/health', {
        method: 'HEAD',
        cache: 'no-store',
        signal: AbortSignal.timeout(CHECK_INTERVAL),
      }).then(
        ({ ok }) => ok,
        () => false,
      )
      setReached(isThere)
      if (isThere !== reached) setBack(isThere)
      if (isThere && !reached) dispatchEvent(new Event('reachable'))
      if (isThere && (sends || !reached)) await sendQueue().catch(() => {})
    }
    // A request that has just failed is not repeated at once, even where the server can be reached.
    const onLoss = () => void check({ sends: false })
    const onReturn = () => void check({ sends: true })
    const timer = setInterval(
      () => (reached && !offlineQueue.hasRequests) || onReturn(),
      CHECK_INTERVAL,
    )
    for (const name of LOSS_EVENTS) addEventListener(name, onLoss)
    for (const name of RETURN_EVENTS) addEventListener(name, onReturn)
    return () => {
      clearInterval(timer)
      for (const name of LOSS_EVENTS) removeEventListener(name, onLoss)
      for (const name of RETURN_EVENTS) removeEventListener(name, onReturn)
    }
  }, [reached])
  return { reached, isBack, isOffline: !navigator.onLine }
}
