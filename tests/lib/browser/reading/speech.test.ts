// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'
import { readAloud } from '#lib/browser/reading/speech.ts'
import {
  type SpeechSegment,
  speechSegments,
  textOfSegment,
} from '#lib/browser/reading/speech-segments.ts'

const VOICE = { lang: 'en' } as SpeechSynthesisVoice
let pieces: SpeechSegment[]
/** As browsers do: who is broken off is told later, as of an error. */
let queue: SpeechSynthesisUtterance[]
const tellLater: (() => void)[] = []

beforeEach(() => {
  queue = []
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      text: string
      constructor(text: string) {
        this.text = text
      }
    },
  )
  vi.stubGlobal('speechSynthesis', {
    speak: (utterance: SpeechSynthesisUtterance) => void queue.push(utterance),
    cancel: () => {
      for (const { onerror } of queue.splice(0))
        tellLater.push(() => (onerror as (() => void) | null)?.())
    },
  })
  document.body.innerHTML = '<article class="story"><p>One.</p><p>Two.</p></article>'
  pieces = speechSegments(document.querySelector('article')!, 'en')
})

const saying = () => queue.map(({ text }) => text)

test('a second reading takes the place of the first, and goes on', () => {
  const told: (string | undefined)[] = []
  const tell = (piece?: SpeechSegment) => told.push(piece && textOfSegment(piece))
  readAloud(pieces, 0, VOICE, 1, tell)
  readAloud(pieces, 1, VOICE, 1, tell)
  for (const late of tellLater.splice(0)) late()
  expect(saying()).toEqual(['Two.'])
  expect(told).toEqual(['One.', undefined, 'Two.'])
})

test('what is paused says its sentence again, at the speed that was set meanwhile', () => {
  const reading = readAloud(pieces, 0, VOICE, 1, () => {})
  reading.pause()
  expect(saying()).toEqual([])
  reading.setRate(2)
  reading.resume()
  expect(queue).toEqual([expect.objectContaining({ text: 'One.', rate: 2 })])
})
