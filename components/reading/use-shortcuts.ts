import { useEffect, useRef, useState } from 'react'
import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'
import { shortcutOf } from '#lib/browser/reading/keyboard.ts'

/** Set when the reader wants no shortcuts. */
const OFF = 'keys-off'
const SECTIONS = '#headline, .story h2, #votes, #author, #comments'

/**
 * Shortcuts of one key, not while typing and not with a modifier.
 *
 * @param keys what each does
 * @param isStory whether there are sections to go to
 * @param acts what was pressed before
 * @returns whether they are used, and how to change it
 */
export function useShortcuts(
  keys: Record<string, () => void>,
  isStory: boolean,
  acts: Event[],
): [boolean, (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => readLocalStorage(OFF) === null)
  const latest = useRef(keys)
  const begun = useRef(false)
  useEffect(() => {
    latest.current = {
      ...(isStory && {
        j: () => goTo(nextSection()),
        k: () => goTo(lastSection()),
        c: () => goTo(document.getElementById('comments')!),
      }),
      ...keys,
    }
  })
  useEffect(() => {
    if (!isOn) return
    const listen = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.defaultPrevented) return
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const act = latest.current[shortcutOf(event)]
      if (!act) return
      event.preventDefault()
      act()
    }
    if (!begun.current) acts.forEach(listen)
    begun.current = true
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [isOn, acts])
  return [
    isOn,
    (isOn) => {
      setOn(isOn)
      writeLocalStorage(OFF, isOn ? undefined : '1')
    },
  ]
}

/** A dialog that has just closed holds the focus until the next frame: it takes no keys. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('textarea, select, dialog[open] *, input:not([type=checkbox], [type=radio])')
  )
}

/** Where a section stands when an address has led to it; see `scroll-padding` in `app/globals.css`. */
const top = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0
const sections = () => [...document.querySelectorAll<HTMLElement>(SECTIONS)]
const heightOf = (section: HTMLElement) => section.getBoundingClientRect().top - top()

function nextSection(): HTMLElement | undefined {
  return sections().find((section) => heightOf(section) > 8)
}

function lastSection(): HTMLElement | undefined {
  return sections().findLast((section) => heightOf(section) < -8)
}

function goTo(section: HTMLElement | undefined): void {
  if (!section) return
  // At once: the next key goes on from there.
  section.scrollIntoView({ behavior: 'instant' })
  section.tabIndex = -1
  section.focus({ preventScroll: true })
}
