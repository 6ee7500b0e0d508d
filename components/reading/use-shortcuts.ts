import { useEffect, useRef, useState } from 'react'
import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'
import { shortcutOf } from '#lib/browser/reading/keyboard.ts'

/** Key in localStorage, set where the reader has turned shortcuts off. */
const OFF = 'keys-off'
const SECTIONS = '#headline, .story h2, #votes, #author, #comments'

/**
 * Listens for keyboard shortcuts of one key, except while the reader types or holds a modifier.
 *
 * @param keys what each key does
 * @param isStory whether there are sections to go to
 * @param earlyEvents what was pressed before this was loaded
 * @returns whether shortcuts are on, and a function to turn them on or off
 */
export function useShortcuts(
  keys: Record<string, () => void>,
  isStory: boolean,
  earlyEvents: Event[],
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
    if (!begun.current) earlyEvents.forEach(listen)
    begun.current = true
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [isOn, earlyEvents])
  return [
    isOn,
    (isOn) => {
      setOn(isOn)
      writeLocalStorage(OFF, isOn ? undefined : '1')
    },
  ]
}

/**
 * Tells whether keys are for the element. A dialog that has just closed has the focus until the next frame:
 * it gets none.
 */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('textarea, select, dialog[open] *, input:not([type=checkbox], [type=radio])')
  )
}

/**
 * Returns where the top of a section is after its address was opened, in pixels; see `scroll-padding` in
 * `app/styles/base.css`.
 */
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
  // Without animation: the next key starts from there.
  section.scrollIntoView({ behavior: 'instant' })
  section.tabIndex = -1
  section.focus({ preventScroll: true })
}
