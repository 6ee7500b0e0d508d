import { type KeyboardEvent, useEffect, useRef } from 'react'
import { type Speech, SPEEDS } from '#components/reading/use-speech.ts'
import { fill, formatNumber } from '#lib/i18n/messages.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

const BUTTON = 'min-h-touch min-w-touch px-0.5 font-semibold hover:bg-ink hover:text-paper'

/** Shows buttons to pause, speed up and stop, while the story is read aloud. */
export function ListenBar(listening: Speech) {
  return listening.state !== 'silent' && <Bar {...listening} />
}

function Bar({ state, speed, toggle, change, stop }: Speech) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = bar.current!
    const before = document.activeElement as HTMLElement | null
    element.querySelector('button')!.focus({ preventScroll: true })
    return () => {
      // By now the bar is gone, and the focus with it, unless the reader has moved it on.
      const { activeElement } = document
      if (element.contains(activeElement) || activeElement === document.body)
        before?.focus({ preventScroll: true })
    }
  }, [])
  const stopOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && stop()
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- for its buttons
    <div
      ref={bar}
      role="group"
      onKeyDown={stopOnEscape}
      aria-label={messages.listen}
      className="notice screen-only fixed start-1 bottom-1 z-10 flex items-center border border-ink bg-paper font-sans text-sm leading-small sm:bottom-5"
    >
      <button type="button" onClick={toggle} className={BUTTON}>
        {state === 'paused' ? messages.resume : messages.pause}
      </button>
      <select
        aria-label={messages.speed}
        value={speed}
        onChange={({ target }) => change(Number(target.value))}
        className="min-h-touch border-0 bg-paper px-0.5 font-sans text-sm text-ink"
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {fill(messages.times, { speed: formatNumber(speed) })}
          </option>
        ))}
      </select>
      <button type="button" onClick={stop} className={BUTTON}>
        {messages.stop}
      </button>
    </div>
  )
}
