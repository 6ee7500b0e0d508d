import { useEffect, useState } from 'react'
import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'
import {
  isUnderway,
  type ReadingPosition,
  READING_POSITION_KEY,
  parseReadingPosition,
} from '#lib/browser/reading/position.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

/** Offers to continue where the reader left the story, and saves where that is. */
export function ResumeOffer({ hidden }: { hidden: boolean }) {
  const [position, setPosition] = useState(findPosition)
  useEffect(() => {
    // Phones end a page that is hidden without a `pagehide`.
    addEventListener('pagehide', savePosition)
    document.addEventListener('visibilitychange', savePosition)
    return () => {
      removeEventListener('pagehide', savePosition)
      document.removeEventListener('visibilitychange', savePosition)
    }
  }, [])
  useEffect(() => {
    if (!position) return
    const arrival = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setPosition(undefined),
    )
    arrival.observe(document.getElementById(position.anchor)!)
    return () => arrival.disconnect()
  }, [position])
  if (!position || hidden) return null
  const dismiss = () => {
    setPosition(undefined)
    writeLocalStorage(READING_POSITION_KEY, undefined)
  }
  return (
    <p className="notice screen-only fixed start-1 bottom-1 z-10 flex items-center border border-ink bg-paper font-sans text-sm leading-small sm:bottom-5">
      <a href={`#${position.anchor}`} className="px-0.5 py-touch-line font-semibold">
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

/**
 * Returns the saved position; nothing where the address leads elsewhere, or the paragraph is on screen
 * already.
 */
function findPosition(): ReadingPosition | undefined {
  const position = location.hash
    ? undefined
    : parseReadingPosition(readLocalStorage(READING_POSITION_KEY), Date.now())
  const paragraph = position && document.getElementById(position.anchor)
  return paragraph && paragraph.getBoundingClientRect().top > innerHeight ? position : undefined
}

/**
 * Saves the paragraph at a third of the window's height, when the page is hidden or left. A reader who leaves
 * from the top keeps the position of the visit before; one who has nearly finished needs none.
 */
function savePosition(): void {
  if (document.visibilityState === 'visible') return
  const line = innerHeight / 3
  const story = document.querySelector('.story')?.getBoundingClientRect()
  if (!story) return
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
