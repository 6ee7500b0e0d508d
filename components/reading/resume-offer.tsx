import { useEffect, useState } from 'react'
import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'
import {
  isUnderway,
  type ReadingPosition,
  READING_POSITION_KEY,
  parseReadingPosition,
} from '#lib/browser/reading/position.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

/** Offers to go on where the reader left the story, and remembers where that is. */
export function ResumeOffer({ hidden }: { hidden: boolean }) {
  const [place, setPlace] = useState(findPlace)
  useEffect(() => {
    // Whoever leaves again at the top has not come to another place.
    addEventListener('pagehide', keepPlace)
    document.addEventListener('visibilitychange', keepPlace)
    return () => {
      removeEventListener('pagehide', keepPlace)
      document.removeEventListener('visibilitychange', keepPlace)
    }
  }, [])
  useEffect(() => {
    if (!place) return
    const arrival = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setPlace(undefined),
    )
    arrival.observe(document.getElementById(place.anchor)!)
    return () => arrival.disconnect()
  }, [place])
  if (!place || hidden) return null
  const dismiss = () => {
    setPlace(undefined)
    writeLocalStorage(READING_POSITION_KEY, undefined)
  }
  return (
    <p className="notice screen-only fixed start-1 bottom-5 z-10 flex items-center border border-ink bg-paper font-sans text-sm leading-small sm:bottom-1 xl:bottom-5">
      <a href={`#${place.anchor}`} className="px-0.5 py-touch-line font-semibold">
        {messages.continue}
      </a>
      <button
        type="button"
        aria-label={messages.dismiss}
        onClick={dismiss}
        className="min-h-touch min-w-touch text-xl"
      >
        ×
      </button>
    </p>
  )
}

/** Nothing where the address leads elsewhere, or where the reader is there already. */
function findPlace(): ReadingPosition | undefined {
  const place = location.hash
    ? undefined
    : parseReadingPosition(readLocalStorage(READING_POSITION_KEY), Date.now())
  const paragraph = place && document.getElementById(place.anchor)
  return paragraph && paragraph.getBoundingClientRect().top > innerHeight ? place : undefined
}

function keepPlace(): void {
  if (document.visibilityState === 'visible') return
  const line = innerHeight / 3
  const story = document.querySelector('.story')!.getBoundingClientRect()
  const share = (line - story.top) / story.height
  const passed = [...document.querySelectorAll('.story > [id]:not([popover])')].findLast(
    (part) => part.getBoundingClientRect().top < line,
  )
  if (passed && isUnderway(share))
    writeLocalStorage(
      READING_POSITION_KEY,
      JSON.stringify({ anchor: passed.id, time: Date.now() } satisfies ReadingPosition),
    )
  else if (share > 0.5) writeLocalStorage(READING_POSITION_KEY, undefined)
}
