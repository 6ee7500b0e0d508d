import { replaceConfusables } from '#lib/comments/confusables.ts'
import { readings } from '#lib/comments/letter-looks.ts'

/**
 * Tells whether readers could take a name for the author's: it has the same words side by side, in any
 * order, in letters that look alike. Where the author's name is one word, only that word alone counts.
 */
export function looksLike(name: string, author: string): boolean {
  const own = skeletons(author).filter((words) => words.length > 0)
  return skeletons(name).some((words) => own.some((own) => hasWords(words, own)))
}

/** Reduces phrases to what they look like, without spaces, for `isMadeOf`. */
export function partsOf(phrases: string[]): Set<string> {
  const parts = new Set(phrases.flatMap(skeletons).map((words) => words.join('')))
  parts.delete('')
  return parts
}

/**
 * Tells whether a name is made of nothing but such phrases, in letters that look alike, and digits after
 * them: "Daily Mouse Admin 2" of `Daily Mouse` and `Admin`.
 */
export function isMadeOf(name: string, parts: Set<string>): boolean {
  return [name, name.replace(/(?<!\p{N})\p{N}+$/u, '')]
    .flatMap(skeletons)
    .map((words) => words.join(''))
    .some((joined) => joined !== '' && isJoinedFrom(joined, parts))
}

function hasWords(words: string[], own: string[]): boolean {
  const joined = words.join('')
  const ownJoined = own.join('')
  if (joined === ownJoined) return true
  if (own.length < 2) return false
  // Its words in one, beginning with another of them.
  if (joined.length === ownJoined.length && (ownJoined + ownJoined).includes(joined)) return true
  const sorted = own.toSorted().join(' ')
  return words.some(
    (_, index) =>
      words
        .slice(index, index + own.length)
        .toSorted()
        .join(' ') === sorted,
  )
}

function isJoinedFrom(text: string, parts: Set<string>): boolean {
  const ends = new Set([0])
  // Visits what is added while it runs, too.
  for (const end of ends)
    for (const part of parts) if (text.startsWith(part, end)) ends.add(end + part.length)
  return ends.has(text.length)
}

/**
 * Reduces words to what they look like. A letter may look like one and be the small or capital form of
 * another, and a line may be a letter or stand beside one, so there are several ways to do that; each is
 * tried.
 */
function skeletons(text: string): string[][] {
  const visible = text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').replace(ACCENTS, '')
  const forms = [visible, visible.normalize('NFKD')]
    .flatMap((form) => [form, foldCase(form), form.toUpperCase()])
    .flatMap(readings)
    .flatMap((form) => [form, form.replace(STRAY_SIGNS, ' ')])
  return [...new Set([...new Set(forms)].map(skeleton))].map((words) => words.match(/[^ ]+/g) ?? [])
}

/** Matches signs that stand between no two letters. */
const STRAY_SIGNS = /(?<!\p{L})[\p{P}\p{S}]|[\p{P}\p{S}](?!\p{L})/gu

/** Matches what is put on letters of these scripts, and may be left out; in others marks are vowels. */
const ACCENTS =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/gu

function skeleton(text: string): string {
  const letters = replaceConfusables(foldCase(replaceConfusables(text)))
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(/[1i]|(?<=\p{L})[|!](?=\p{L})/gu, 'l')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return letters?.join(' ') ?? ''
}

function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase()
}
