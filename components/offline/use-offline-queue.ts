import { useEffect, useState } from 'react'
import {
  readOfflineQueue,
  takeUnannouncedSuccess,
  announceQueue,
  type QueueEvent,
  type QueuedRequest,
} from '#lib/browser/offline/offline-queue.ts'

/**
 * Returns the queued requests, and whether the last thing that happened to them was a sending, now or while
 * no page was open to tell the reader.
 */
export function useOfflineQueue() {
  const [items, setItems] = useState<QueuedRequest[]>([])
  const [sent, setSent] = useState(false)
  useEffect(() => {
    const read = () => readOfflineQueue().then(setItems, () => {})
    const onQueueEvent = (event: Event) => {
      const { detail } = event as CustomEvent<QueueEvent>
      const isSent = detail.answer !== undefined
      setSent(isSent)
      if (isSent) takeUnannouncedSuccess().catch(() => {})
      void read()
    }
    void read()
    announceQueue().catch(() => {})
    takeUnannouncedSuccess().then(
      (isSent) => isSent && setSent(true),
      () => {},
    )
    addEventListener('outbox', onQueueEvent)
    return () => removeEventListener('outbox', onQueueEvent)
  }, [])
  return { items, sent }
}
