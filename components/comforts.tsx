import { type ComponentType, useLayoutEffect, useState } from 'react'
import { readKept } from '#lib/kept.ts'
import { PLACE } from '#lib/place.ts'

/** The comforts of reading: their script comes at the first act that may ask for one. */
export function Comforts() {
  const [[Opened, by], setAsked] = useState<[ComponentType<{ by?: Event }>?, Event?]>([])
  useLayoutEffect(() => {
    const panel = document.getElementById('comforts')
    if (!panel) return
    const load = (by?: Event) =>
      import('#components/comforts/opened.tsx').then(
        ({ Opened }) => setAsked((first) => (first[0] ? first : [Opened, by])),
        () => {},
      )
    panel.onbeforetoggle = load
    addEventListener('keydown', load)
    const story = document.querySelector('.story')
    story?.addEventListener('pointerover', load)
    // The place that a reader has come to is kept wherever the pointer rests.
    if (story) addEventListener('scroll', () => load(), { once: true })
    if (readKept(PLACE) || document.querySelector('#comforts:popover-open, .story:hover'))
      void load()
  }, [])
  return Opened && <Opened by={by} />
}
