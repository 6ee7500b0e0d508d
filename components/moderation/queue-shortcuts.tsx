'use client'

import { useEffect, useRef, useState } from 'react'
import { shortcutOf } from '#lib/browser/reading/keyboard.ts'
import messages from '#messages/desk-keys.json' with { type: 'json' }

const KEYS = [
  ['j, k', messages.move],
  ['a, r, d', messages.decide],
  ['x', messages.choose],
  ['X', messages.chooseAll],
  ['u', messages.undo],
  ['?', messages.help],
] as const
const DECISIONS: Record<string, string> = { a: 'approve', r: 'refuse', d: 'delete' }
/**
 * Key in sessionStorage of the index of the moderator’s comment: the queue is loaded anew after each
 * decision.
 */
const INDEX_KEY = 'desk-place'
/** Key in localStorage, set where the moderator has turned shortcuts off. */
const OFF_KEY = 'desk-keys-off'

/**
 * Lets moderators work the queue by keyboard: each key presses a button that is on the page. It also lists
 * the keys.
 *
 * @param many the id of the form that decides on the selected comments
 */
export function QueueShortcuts({ many }: { many: string }) {
  const [isOn, setOn] = useState(true)
  const help = useRef<HTMLDetailsElement>(null)

  useEffect(() => {
    const index = sessionStorage.getItem(INDEX_KEY)
    sessionStorage.removeItem(INDEX_KEY)
    if (index !== null) focusItem(Number(index))
    // localStorage can be read only in the browser, after the server's markup was taken over.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setOn(localStorage.getItem(OFF_KEY) === null)
    addEventListener('submit', rememberIndex)
    return () => removeEventListener('submit', rememberIndex)
  }, [])

  useEffect(() => {
    if (!isOn) return
    let sent = false
    const press = (button: HTMLElement | null | undefined) => {
      if (sent || !button) return
      sent = true
      button.click()
    }
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const key = shortcutOf(event)
      const item = items()[currentIndex()]
      const decision = DECISIONS[key]
      if (key === 'j') focusItem(currentIndex() + 1)
      else if (key === 'k') focusItem(Math.max(currentIndex() - 1, 0))
      else if (key === 'x') item?.querySelector<HTMLElement>('input[type=checkbox]')?.click()
      else if (key === 'X') chooseAll()
      else if (key === 'u') press(document.querySelector<HTMLElement>('[data-undo]'))
      else if (key === '?') toggle(help.current)
      else if (decision) {
        const isChosen = document.querySelector('article input[type=checkbox]:checked')
        const form = isChosen ? document.getElementById(many) : item
        press(form?.querySelector<HTMLElement>(`button[value=${decision}]`))
      } else return
      event.preventDefault()
    }
    // The page may come back from the back/forward cache, and be used again.
    const show = () => void (sent = false)
    addEventListener('keydown', listen)
    addEventListener('pageshow', show)
    return () => {
      removeEventListener('keydown', listen)
      removeEventListener('pageshow', show)
    }
  }, [isOn, many])

  return (
    <details ref={help} className="needs-script mt-1">
      <summary className="small-print cursor-pointer py-[0.671875rem]">{messages.title}</summary>
      <dl className="small-print grid grid-cols-[max-content_1fr] gap-x-1">
        {KEYS.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="small-print flex min-h-3 items-center gap-0.5">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => {
            setOn(target.checked)
            if (target.checked) localStorage.removeItem(OFF_KEY)
            else localStorage.setItem(OFF_KEY, '1')
          }}
        />{' '}
        {messages.use}
      </label>
    </details>
  )
}

/**
 * Remembers which comment was decided on: the one of the pressed button, the first selected, or the focused
 * one.
 */
function rememberIndex({ submitter }: SubmitEvent): void {
  const chosen = document.querySelector('article input[type=checkbox]:checked')
  const at = submitter?.closest('main article') ?? chosen ?? document.activeElement
  const index = items().findIndex((item) => item.contains(at))
  sessionStorage.setItem(INDEX_KEY, String(Math.max(index, 0)))
}

function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main article')]
}

/** Returns the index of the comment with the focus, or -1. */
function currentIndex(): number {
  return items().findIndex((item) => item.contains(document.activeElement))
}

function focusItem(index: number): void {
  const all = items()
  all[Math.min(index, all.length - 1)]?.focus()
}

function chooseAll(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('article input[type=checkbox]')]
  const isEvery = boxes.every(({ checked }) => checked)
  for (const box of boxes) box.checked = !isEvery
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('textarea, select, input:not([type=checkbox], [type=radio])')
  )
}

function toggle(details: HTMLDetailsElement | null): void {
  if (!details) return
  details.open = !details.open
  details.querySelector('summary')!.focus()
}
