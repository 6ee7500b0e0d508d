import { ArticleBody } from '#components/story/article-body.tsx'
import { AuthorPicture } from '#components/story/author-picture.tsx'
import type { Author } from '#lib/story/content.ts'
import type { LangAttributes } from '#lib/i18n/script.ts'

/** Shows who wrote the story, below it. */
export function AuthorBox({
  author,
  storyLang,
}: {
  author: Author
  storyLang?: LangAttributes | undefined
}) {
  return (
    <section
      id="author"
      tabIndex={-1}
      aria-labelledby="author-name"
      className="mt-3 flex gap-1.5 outline-none max-sm:flex-col"
      {...storyLang}
    >
      <AuthorPicture author={author} />
      <div>
        <h2 id="author-name" className="font-display text-xl font-semibold">
          <a href="/author" className="reach no-underline hover:underline">
            {author.name}
          </a>
        </h2>
        <ArticleBody
          html={author.html}
          dir={author.dir}
          className="text-base [&>p:last-child]:mb-0"
        />
      </div>
    </section>
  )
}
