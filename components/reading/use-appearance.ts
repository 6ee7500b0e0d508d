import { useEffect, useSyncExternalStore } from 'react'
import { keep, readKept } from '#lib/browser/local-storage.ts'
import { type Look, readLook, writeLook } from '#lib/browser/reading/appearance.ts'
import { direction } from '#lib/i18n/messages.ts'
import { LOOK } from '#lib/browser/reading/restore-appearance.ts'

const root = () => document.documentElement.style
/** The script in the page's head has taken it over by then. */
const EVENTS = ['storage', 'pageshow', 'look']

/** How the pages look, here and in every other tab. */
export function useLook(): [Look, (look: Look) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => root().cssText,
    () => '',
  )
  // What an older edition of the site has kept may have other colours.
  useEffect(() => {
    const kept = readKept(LOOK)
    if (kept !== null && kept !== write(readLook(kept))) setLook(readLook(kept))
  }, [])
  return [readLook(text), setLook]
}

function setLook(look: Look): void {
  root().cssText = write(look)
  keep(LOOK, write(look))
  dispatchEvent(new Event('look'))
}

const write = (look: Look) => writeLook(look, direction === 'rtl')

function subscribe(tell: () => void): () => void {
  for (const event of EVENTS) addEventListener(event, tell)
  return () => {
    for (const event of EVENTS) removeEventListener(event, tell)
  }
}
