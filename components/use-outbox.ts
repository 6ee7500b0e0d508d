import { useEffect, useState } from 'react'
import { readWaiting, tellWaiting, type Told, type Waiting } from '#lib/outbox.ts'

/** What waits for the network, and whether some of it has been sent since the page was opened. */
export function useOutbox() {
  const [items, setItems] = useState<Waiting[]>([])
  const [sent, setSent] = useState(false)
  useEffect(() => {
    const read = () => readWaiting().then(setItems, () => {})
    const hear = (event: Event) => {
      const { detail } = event as CustomEvent<Told>
      setSent(detail.answer !== undefined)
      void read()
    }
    void read()
    tellWaiting().catch(() => {})
    addEventListener('outbox', hear)
    return () => removeEventListener('outbox', hear)
  }, [])
  return { items, sent }
}
