import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { writeLocalStorage, readLocalStorage } from '#lib/browser/local-storage.ts'
import { findVoice, readAloud, type Playback } from '#lib/browser/reading/speech.ts'
import { type SpeechSegment, speechSegments } from '#lib/browser/reading/speech-segments.ts'

export type Speech = ReturnType<typeof useSpeech>
/** Speeds to choose from; 1 is the voice’s own. */
export const SPEEDS = [0.75, 1, 1.25, 1.5, 2]
const SPEED = 'listen-speed'

/** Reads the story aloud, marks the sentence that is read, and keeps it on screen. */
export function useSpeech() {
  const [state, setState] = useState<'silent' | 'speaking' | 'paused'>('silent')
  const [speed, setSpeed] = useState(() => {
    const kept = Number(readLocalStorage(SPEED))
    return SPEEDS.includes(kept) ? kept : 1
  })
  const reading = useRef<Playback>(undefined)
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
    const pieces = speechSegments(story()!, language())
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
      writeLocalStorage(SPEED, String(speed))
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

/**
 * The style of the marked sentence. It is not in the stylesheet, whose optimizer drops this pseudo-element.
 */
let style: CSSStyleSheet | undefined

/**
 * Marks a segment with the CSS Custom Highlight API, which changes no element; other browsers mark nothing.
 */
function mark(piece: SpeechSegment | undefined): void {
  if (!('highlights' in CSS)) return
  if (!document.adoptedStyleSheets.includes((style ??= new CSSStyleSheet()))) {
    style.replaceSync('::highlight(spoken) { background: var(--ink); color: var(--paper) }')
    document.adoptedStyleSheets.push(style)
  }
  if (piece) CSS.highlights.set('spoken', new Highlight(piece.range))
  else CSS.highlights.delete('spoken')
}

/**
 * Returns a function that scrolls to each sentence, unless the reader has scrolled away from the one before.
 */
function follower(): (piece: SpeechSegment | undefined) => void {
  const ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown']
  let isMoved = false
  let before: SpeechSegment | undefined
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

const box = ({ range }: SpeechSegment) => range.getBoundingClientRect()
const isOnScreen = (piece: SpeechSegment) => box(piece).bottom > 0 && box(piece).top < innerHeight
const isWellOnScreen = (piece: SpeechSegment) =>
  box(piece).top > innerHeight * 0.1 && box(piece).bottom < innerHeight * 0.75
const centre = (piece: SpeechSegment) => scrollY + box(piece).top - innerHeight / 3
const gentle = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth')
