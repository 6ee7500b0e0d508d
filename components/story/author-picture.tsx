import { ResponsivePicture } from '#components/story/responsive-picture.tsx'
import type { Author } from '#lib/story/content.ts'

/** Shows the author’s picture, or initials where there is none. */
export function AuthorPicture({ author: { name, picture } }: { author: Author }) {
  return picture ? (
    <ResponsivePicture
      picture={picture}
      alt=""
      sizes="4.6875rem"
      className="size-5 shrink-0 object-cover"
      lazy
    />
  ) : (
    <span
      aria-hidden
      className="flex size-5 shrink-0 items-center justify-center border border-ink font-display text-3xl font-semibold"
    >
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
}
