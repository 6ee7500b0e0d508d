import { ArticleBody } from '#components/article-body.tsx'
import type { Author } from '#lib/content.ts'
import type { Writing } from '#lib/writing.ts'

export function AuthorBox({ author, writing }: { author: Author; writing?: Writing | undefined }) {
  return (
    <section
      id="author"
      tabIndex={-1}
      aria-labelledby="author-name"
      className="flex gap-1.5 border-b border-rule py-2 outline-none max-sm:flex-col"
      {...writing}
    >
      {author.avatar ? (
        // eslint-disable-next-line @next/next/no-img-element -- served as it is from public/
        <img src={author.avatar} alt="" className="size-5 shrink-0 object-cover" />
      ) : (
        <span
          aria-hidden
          className="flex size-5 shrink-0 items-center justify-center border border-ink text-3xl font-bold"
        >
          {initials(author.name)}
        </span>
      )}
      <div>
        <h2 id="author-name" className="text-xl font-bold">
          {author.name}
        </h2>
        <ArticleBody html={author.html} className="text-base [&>p:last-child]:mb-0" />
      </div>
    </section>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
}
