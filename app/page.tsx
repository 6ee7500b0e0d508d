import type { Metadata } from 'next'
import { Advice, Problems } from '#components/advice.tsx'
import { ArticleBody } from '#components/article-body.tsx'
import { ArticleHeader } from '#components/article-header.tsx'
import { ArticleImage } from '#components/article-image.tsx'
import { AuthorBox } from '#components/author-box.tsx'
import { Colophon } from '#components/colophon.tsx'
import { Corrections } from '#components/corrections.tsx'
import { Deferred } from '#components/deferred.tsx'
import { Island } from '#components/island.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { Masthead } from '#components/masthead.tsx'
import { OpenGraph } from '#components/open-graph.tsx'
import { QuickNavigation } from '#components/quick-navigation.tsx'
import { ReadingBar } from '#components/reading-bar.tsx'
import { References } from '#components/references.tsx'
import { StoryComments } from '#components/story-comments.tsx'
import { ToTop } from '#components/to-top.tsx'
import { Votes } from '#components/votes.tsx'
import { canonicalAddress } from '#lib/canonical.ts'
import { loadContent } from '#lib/content.ts'
import { FEEDS } from '#lib/feeds.ts'
import { spoken } from '#lib/messages.ts'
import { reviewWhileWriting } from '#lib/review.ts'
import { getSettings } from '#lib/settings.ts'
import { storyData } from '#lib/story-data.ts'
import { isCased, writingWithin } from '#lib/writing.ts'
import words from '#messages/story.json' with { type: 'json' }

export const dynamic = 'force-static'

export async function generateMetadata(): Promise<Metadata> {
  if ((await reviewWhileWriting()).problems.length > 0) return {}
  const { article } = await loadContent()
  return {
    title: article.title,
    description: article.description,
    authors: [{ name: article.author }],
    keywords: article.categories,
    alternates: { canonical: canonicalAddress('/'), types: FEEDS },
  }
}

export default async function ArticlePage() {
  const { advice, problems } = await reviewWhileWriting()
  if (problems.length > 0) return <Problems problems={problems} />
  const { article, author } = await loadContent()
  const writing = writingWithin(spoken, article.language)
  const { siteOrigin } = getSettings()
  return (
    <>
      <OpenGraph article={article} site={siteOrigin} />
      <a href="#story" className="skip-link">
        {words.skip}
      </a>
      <ReadingBar title={article.title} writing={writing} />
      <Masthead home />
      <main className="px-1.5 pb-6">
        <article
          id="story"
          aria-labelledby="headline"
          tabIndex={-1}
          className="outline-none"
          {...writing}
        >
          <ArticleHeader article={article} />
          {article.image && article.picture && (
            <ArticleImage image={article.image} picture={article.picture} />
          )}
          <div className="mx-auto mt-3 max-w-(--measure)">
            <ArticleBody
              html={article.html}
              className={isCased(article.language) ? 'initial story' : 'story'}
            />
            <References
              heading={words.inspiredBy}
              list={article.inspiredBy}
              language={article.language}
            />
            <References
              heading={words.sources}
              list={article.sources}
              language={article.language}
            />
            <Corrections article={article} />
          </div>
        </article>
        <div className="mx-auto max-w-(--measure)">
          <Island name="votes" of={Votes} props={{}} />
          <AuthorBox author={author} writing={writing} />
          <Island
            name="story-comments"
            of={StoryComments}
            props={{ language: spoken, closed: article.comments === 'closed' }}
          />
        </div>
      </main>
      <Colophon>
        <ToTop />
      </Colophon>
      <Island
        name="quick-navigation"
        of={QuickNavigation}
        props={{ title: article.title, sections: article.sections, ...writing }}
      />
      <JsonLd data={storyData(article, siteOrigin)} />
      <Island name="deferred" of={Deferred} props={{}} />
      <Advice findings={advice} />
    </>
  )
}
