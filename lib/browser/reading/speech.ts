import { type SpeechSegment, textOfSegment } from '#lib/browser/reading/speech-segments.ts'

/**
 * Finds a voice for a language that works on the reader’s own device: others send each sentence to a company.
 *
 * @param language a BCP 47 tag
 */
export function findVoice(language: string): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in window)) return
  const base = (tag: string) => tag.split(/[-_]/)[0]!.toLowerCase()
  const voices = speechSynthesis
    .getVoices()
    .filter(({ lang, localService }) => localService && base(lang) === base(language))
  const isSame = ({ lang }: SpeechSynthesisVoice) => lang.replace('_', '-') === language
  return voices.find(isSame) ?? voices.find((voice) => voice.default) ?? voices[0]
}

export type Playback = { pause(): void; resume(): void; stop(): void; setRate(rate: number): void }

let last: Playback | undefined

/**
 * Reads segments aloud one by one, and stops what is being read already. After a pause the sentence is read
 * again: some browsers forget what was paused.
 *
 * @param from the index of the first segment
 * @param rate the speed; 1 is the voice’s own
 * @param onPiece called with each segment before it is read, and with undefined at the end
 */
export function readAloud(
  pieces: SpeechSegment[],
  from: number,
  voice: SpeechSynthesisVoice,
  rate: number,
  onPiece: (piece: SpeechSegment | undefined) => void,
): Playback {
  let index = from
  let current: SpeechSynthesisUtterance | undefined
  const speak = () => {
    const piece = pieces[index]
    if (!piece) return stop()
    const utterance = new SpeechSynthesisUtterance(textOfSegment(piece))
    Object.assign(utterance, { voice, rate, lang: voice.lang })
    utterance.onend = () => {
      if (current !== utterance) return
      index++
      speak()
    }
    utterance.onerror = () => current === utterance && stop()
    current = utterance
    onPiece(piece)
    speechSynthesis.speak(utterance)
  }
  const pause = () => {
    current = undefined
    speechSynthesis.cancel()
  }
  const stop = () => {
    pause()
    onPiece(undefined)
  }
  last?.stop()
  speechSynthesis.cancel()
  speak()
  last = {
    pause,
    stop,
    resume: speak,
    setRate: (faster) => {
      rate = faster
      if (!current) return
      pause()
      speak()
    },
  }
  return last
}
