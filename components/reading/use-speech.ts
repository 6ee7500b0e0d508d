import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { keep, readKept } from '#lib/browser/local-storage.ts'
import { findVoice, readAloud, type Reading } from '#lib/browser/reading/speech.ts'
import { type Piece, spokenPieces } from '#lib/browser/reading/speech-segments.ts'

export type Listening = ReturnType<typeof useListening>
/** How often as fast as the voice itself speaks. */
export const SPEEDS = [0.75, 1, 1.25, 1.5, 2]
const SPEED = 'listen-speed'

/** The story read aloud, the sentence marked and kept on screen. */
export function useListening() {
  const [state, setState] = useState<'silent' | 'speaking' | 'paused'>('silent')
  const [speed, setSpeed] = useState(() => {
    const kept = Number(readKept(SPEED))
    return SPEEDS.includes(kept) ? kept : 1
  })
  const reading = useRef<Reading>(undefined)
  const canListen = useSyncExternalStore(subscribe, hasVoice, () => false)

  useEffect(() => {
    const stop = () => reading.current?.stop()
    addEventListener('pagehide', stop)
    return () => removeEventListener('pagehide', stop)
  }, [])

  const start = (from?: Element) => {
    const voice = findVoice(language())
    if (!voice) return
    const follow = follower()
    const pieces = spokenPieces(story()!, language())
    const first = pieces.findIndex(({ block }) => !from || from.contains(block))
    reading.current = readAloud(pieces, Math.max(first, 0), voice, speed, (piece) => {
      setState(piece ? 'speaking' : 'silent')
      mark(piece)
      follow(piece)
    })
  }
  const pause = () => {
    reading.current?.pause()
    setState('paused')
  }
  const toggle = () => {
    if (state === 'speaking') pause()
    else if (state === 'paused') reading.current?.resume()
    else start()
  }
  return {
    state,
    speed,
    canListen,
    start,
    toggle,
    stop: () => reading.current?.stop(),
    change: (speed: number) => {
      setSpeed(speed)
      keep(SPEED, String(speed))
      reading.current?.setRate(speed)
    },
  }
}

const story = () => document.getElementById('story')
const language = () => story()?.closest<HTMLElement>('[lang]')?.lang ?? ''
const hasVoice = () => story() !== null && findVoice(language()) !== undefined

function subscribe(tell: () => void): () => void {
  if (!('speechSynthesis' in window)) return () => {}
  speechSynthesis.addEventListener('voiceschanged', tell)
  return () => speechSynthesis.removeEventListener('voiceschanged', tell)
}

/** Not in the stylesheet, whose optimizer takes this pseudo-element for a mistake. */
let style: CSSStyleSheet | undefined

/** Without a change of the page's elements, where the browser can. */
function mark(piece: Piece | undefined): void {
  if (!('highlights' in CSS)) return
  if (!document.adoptedStyleSheets.includes((style ??= new CSSStyleSheet()))) {
    style.replaceSync('::highlight(spoken) { background: var(--ink); color: var(--paper) }')
    document.adoptedStyleSheets.push(style)
  }
  if (piece) CSS.highlights.set('spoken', new Highlight(piece.range))
  else CSS.highlights.delete('spoken')
}

/** Keeps each sentence on screen, unless the reader has scrolled away from the one before. */
function follower(): (piece: Piece | undefined) => void {
  const ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown']
  let isMoved = false
  let before: Piece | undefined
  const move = () => void (isMoved = true)
  for (const act of ACTS) addEventListener(act, move, { passive: true })
  return (piece) => {
    if (!piece) for (const act of ACTS) removeEventListener(act, move)
    else if (!isMoved || !before || isOnScreen(before)) {
      isMoved = false
      if (!isWellOnScreen(piece)) scrollTo({ top: centre(piece), behavior: gentle() })
    }
    before = piece
  }
}

const box = ({ range }: Piece) => range.getBoundingClientRect()
const isOnScreen = (piece: Piece) => box(piece).bottom > 0 && box(piece).top < innerHeight
const isWellOnScreen = (piece: Piece) =>
  box(piece).top > innerHeight * 0.1 && box(piece).bottom < innerHeight * 0.75
const centre = (piece: Piece) => scrollY + box(piece).top - innerHeight / 3
const gentle = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth')
