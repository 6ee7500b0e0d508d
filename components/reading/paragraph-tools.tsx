import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { copyToClipboard } from '#components/reading/share.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

const PARAGRAPHS = '.story > p[id]'
// Half a line taller than the space it has, which is the smallest target for a finger.
const TOOL = 'min-h-touch px-0.5 text-soft -outline-offset-3 hover:text-ink'

/**
 * Shows tools below the paragraph under the pointer, in the space before the next: its link, and reading
 * aloud from there.
 *
 * @param earlyEvents what the reader did before this component was loaded
 * @param onListen reads aloud from a paragraph; missing where the browser has no voice
 */
export function ParagraphTools({
  ref,
  earlyEvents,
  onListen,
  onCopied,
}: {
  ref: Ref<{ point(): void }>
  earlyEvents: Event[]
  onListen?: ((paragraph: Element) => void) | undefined
  onCopied: () => void
}) {
  const [paragraph, setParagraph] = useState(() =>
    paragraphOf(earlyEvents.findLast(({ type }) => type === 'pointerover')?.target),
  )
  const tools = useRef<HTMLDivElement>(null)
  const link = useRef<HTMLAnchorElement>(null)
  useImperativeHandle(ref, () => ({
    /** Shows the tools of the paragraph on screen and focuses them, for readers without a pointer. */
    point() {
      flushSync(() => setParagraph(onScreen()))
      link.current?.focus({ preventScroll: true })
    },
  }))
  useEffect(() => {
    const point = ({ target }: Event) => {
      if (tools.current?.contains(target as Node)) return
      const next = paragraphOf(target)
      // Tools that have the focus stay.
      if (next || !tools.current?.contains(document.activeElement)) setParagraph(next)
    }
    const leave = () => setParagraph(undefined)
    addEventListener('pointerover', point)
    for (const event of ['resize', 'look']) addEventListener(event, leave)
    return () => {
      removeEventListener('pointerover', point)
      for (const event of ['resize', 'look']) removeEventListener(event, leave)
    }
  }, [])
  if (!paragraph) return null
  const { left, bottom, width } = paragraph.getBoundingClientRect()
  return (
    <div
      ref={tools}
      className="screen-only pointer-events-none absolute z-10 flex -translate-y-[0.5rem] justify-end font-sans text-sm leading-[2.75rem] *:pointer-events-auto"
      style={{ left: left + scrollX, top: bottom + scrollY, width }}
    >
      {onListen && (
        <button type="button" className={TOOL} onClick={() => onListen(paragraph)}>
          {messages.listenHere}
        </button>
      )}
      <a
        ref={link}
        href={`#${paragraph.id}`}
        aria-label={messages.linkHere}
        onClick={(event) => {
          event.preventDefault()
          // Changes the address without scrolling.
          history.replaceState(history.state, '', `#${paragraph.id}`)
          void copyToClipboard(location.href).then((isCopied) => isCopied && onCopied())
        }}
        className={`${TOOL} no-underline hover:underline`}
      >
        {messages.copyLink}
      </a>
    </div>
  )
}

function paragraphOf(target: EventTarget | null | undefined): Element | undefined {
  return (target instanceof Element && target.closest(PARAGRAPHS)) || undefined
}

/** Returns the first paragraph that ends below the reading bar at the top, or else the last. */
function onScreen(): Element | undefined {
  const paragraphs = [...document.querySelectorAll(PARAGRAPHS)]
  return (
    paragraphs.find((paragraph) => paragraph.getBoundingClientRect().bottom > 64) ??
    paragraphs.at(-1)
  )
}
