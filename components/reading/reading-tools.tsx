import { type ComponentType, useLayoutEffect, useState } from 'react'
import { readLocalStorage } from '#lib/browser/local-storage.ts'
import { READING_POSITION_KEY } from '#lib/browser/reading/position.ts'

/** Loads the reading tools at the first event that may ask for one. */
export function ReadingTools() {
  const [Panel, setPanel] =
    useState<ComponentType<{ popover: HTMLElement; earlyEvents: Event[] }>>()
  const [popover, setPopover] = useState<HTMLElement>()
  // What the reader does until they are loaded, for them to catch up with.
  const [earlyEvents] = useState<Event[]>([])
  useLayoutEffect(() => {
    const popover = document.getElementById('comforts')
    if (!popover) return
    const waiting = new AbortController()
    const { signal } = waiting
    const load = (act?: Event) => {
      if (act) earlyEvents.push(act)
      import('#components/reading/reading-tools-panel.tsx').then(
        ({ ReadingToolsPanel }) => {
          waiting.abort()
          setPopover(popover)
          setPanel(() => ReadingToolsPanel)
        },
        () => {},
      )
    }
    popover.addEventListener('beforetoggle', load, { signal })
    addEventListener('keydown', load, { signal })
    const story = document.querySelector('.story')
    story?.addEventListener('pointerover', load, { signal })
    // Scrolling changes the reading position, which the tools save.
    if (story) addEventListener('scroll', load, { once: true, signal })
    if (
      readLocalStorage(READING_POSITION_KEY) ||
      document.querySelector('#comforts:popover-open, .story:hover')
    )
      load()
  }, [earlyEvents])
  return Panel && popover && <Panel popover={popover} earlyEvents={earlyEvents} />
}
