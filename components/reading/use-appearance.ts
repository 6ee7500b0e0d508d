import { useEffect, useSyncExternalStore } from 'react'
import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'
import {
  type Appearance,
  parseAppearance,
  appearanceStyle,
} from '#lib/browser/reading/appearance.ts'
import { direction } from '#lib/i18n/messages.ts'
import { APPEARANCE_KEY } from '#lib/browser/reading/restore-appearance.ts'

const root = () => document.documentElement.style
/** The script in the page's head has taken it over by then. */
const EVENTS = ['storage', 'pageshow', 'look']

/** How the pages look, here and in every other tab. */
export function useAppearance(): [Appearance, (look: Appearance) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => root().cssText,
    () => '',
  )
  // What an older edition of the site has kept may have other colours.
  useEffect(() => {
    const kept = readLocalStorage(APPEARANCE_KEY)
    if (kept !== null && kept !== write(parseAppearance(kept))) setAppearance(parseAppearance(kept))
  }, [])
  return [parseAppearance(text), setAppearance]
}

function setAppearance(look: Appearance): void {
  root().cssText = write(look)
  writeLocalStorage(APPEARANCE_KEY, write(look))
  dispatchEvent(new Event('look'))
}

const write = (look: Appearance) => appearanceStyle(look, direction === 'rtl')

function subscribe(tell: () => void): () => void {
  for (const event of EVENTS) addEventListener(event, tell)
  return () => {
    for (const event of EVENTS) removeEventListener(event, tell)
  }
}
