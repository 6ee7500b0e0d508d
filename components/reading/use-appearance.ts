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
/**
 * Events after which the root element may have another style. The script in the page’s head, which listens to
 * the first two, has applied it by then.
 */
const EVENTS = ['storage', 'pageshow', 'look']

/** Returns how the pages appearance, and a function that changes it here and in every other tab. */
export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => root().cssText,
    () => '',
  )
  // A style that an older version of the site has saved may have other colours.
  useEffect(() => {
    const saved = readLocalStorage(APPEARANCE_KEY)
    if (saved !== null && saved !== write(parseAppearance(saved)))
      setAppearance(parseAppearance(saved))
  }, [])
  return [parseAppearance(text), setAppearance]
}

function setAppearance(appearance: Appearance): void {
  root().cssText = write(appearance)
  writeLocalStorage(APPEARANCE_KEY, write(appearance))
  dispatchEvent(new Event('look'))
}

const write = (appearance: Appearance) => appearanceStyle(appearance, direction === 'rtl')

function subscribe(tell: () => void): () => void {
  for (const event of EVENTS) addEventListener(event, tell)
  return () => {
    for (const event of EVENTS) removeEventListener(event, tell)
  }
}
