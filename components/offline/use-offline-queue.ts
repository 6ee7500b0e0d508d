import { useEffect, useState } from 'react'
import {
  readWaiting,
  takeSent,
  tellWaiting,
  type Told,
  type Waiting,
} from '#lib/browser/offline/queue.ts'

/**
 * What waits for the network, and whether some of it has been sent: since the page was opened, or
 * before, with no page to tell of it.
 */
export function useOutbox() {
  const [items, setItems] = useState<Waiting[]>([])
  const [sent, setSent] = useState(false)
  useEffect(() => {
    const read = () => readWaiting().then(setItems, () => {})
    const hear = (event: Event) => {
      const { detail } = event as CustomEvent<Told>
      const isSent = detail.answer !== undefined
      setSent(isSent)
      if (isSent) takeSent().catch(() => {})
      void read()
    }
    void read()
    tellWaiting().catch(() => {})
    takeSent().then(
      (isSent) => isSent && setSent(true),
      () => {},
    )
    addEventListener('outbox', hear)
    return () => removeEventListener('outbox', hear)
  }, [])
  return { items, sent }
}
