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
/** The queue is loaded anew after each decision: where the moderator was, and whether keys are used. */
const PLACE = 'desk-place'
const OFF = 'desk-keys-off'

/**
 * The queue by keyboard: each key presses a button that stands there anyway.
 *
 * @param many the id of the form that decides on what is chosen
 */
export function QueueShortcuts({ many }: { many: string }) {
  const [isOn, setOn] = useState(true)
  const help = useRef<HTMLDetailsElement>(null)

  useEffect(() => {
    const place = sessionStorage.getItem(PLACE)
    sessionStorage.removeItem(PLACE)
    if (place !== null) focusItem(Number(place))
    // What the browser keeps is known only here.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setOn(localStorage.getItem(OFF) === null)
    addEventListener('submit', keepPlace)
    return () => removeEventListener('submit', keepPlace)
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
    // A page that comes back from the browser's memory may be used again.
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
            if (target.checked) localStorage.removeItem(OFF)
            else localStorage.setItem(OFF, '1')
          }}
        />{' '}
        {messages.use}
      </label>
    </details>
  )
}

/** Of the comment that is decided on, the first that is chosen, or where the moderator is. */
function keepPlace({ submitter }: SubmitEvent): void {
  const chosen = document.querySelector('article input[type=checkbox]:checked')
  const at = submitter?.closest('main article') ?? chosen ?? document.activeElement
  const index = items().findIndex((item) => item.contains(at))
  sessionStorage.setItem(PLACE, String(Math.max(index, 0)))
}

function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main article')]
}

/** -1 before the first. */
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
