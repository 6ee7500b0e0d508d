import { type Listening, SPEEDS } from '#components/comforts/use-listening.ts'
import { fill, formatNumber } from '#lib/messages.ts'
import words from '#messages/comforts.json' with { type: 'json' }

const BUTTON = 'min-h-[2.75rem] min-w-[2.75rem] px-0.5 font-semibold hover:bg-ink hover:text-paper'

/** While the story is read aloud: pause, speed and stop. */
export function ListenBar({ state, speed, toggle, change, stop }: Listening) {
  if (state === 'silent') return null
  return (
    <div
      role="group"
      aria-label={words.listen}
      className="notice screen-only fixed start-1 bottom-5 z-10 flex items-center border border-ink bg-paper font-sans text-sm leading-[1.25rem]"
    >
      <button type="button" onClick={toggle} className={BUTTON}>
        {state === 'paused' ? words.resume : words.pause}
      </button>
      <select
        aria-label={words.speed}
        value={speed}
        onChange={({ target }) => change(Number(target.value))}
        className="min-h-[2.75rem] border-0 bg-paper px-0.5 font-sans text-sm text-ink"
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {fill(words.times, { speed: formatNumber(speed) })}
          </option>
        ))}
      </select>
      <button type="button" onClick={stop} className={BUTTON}>
        {words.stop}
      </button>
    </div>
  )
}
