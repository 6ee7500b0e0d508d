import type { Metadata } from 'next'
import { LintFindings, ContentProblems } from '#components/story/lint-findings.tsx'
import { ArticleBody } from '#components/story/article-body.tsx'
import { ArticleHeader } from '#components/story/article-header.tsx'
import { ArticleImage } from '#components/story/article-image.tsx'
import { AuthorBox } from '#components/story/author-box.tsx'
import { SiteFooter } from '#components/site/site-footer.tsx'
import { Corrections } from '#components/story/corrections.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { JsonLd } from '#components/story/json-ld.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import { OpenGraph } from '#components/story/open-graph.tsx'
import { QuickNavigation } from '#components/story/quick-navigation.tsx'
import { ReadingBar } from '#components/story/reading-bar.tsx'
import { PART, References } from '#components/story/references.tsx'
import { StoryComments } from '#components/comments/story-comments.tsx'
import { Views } from '#components/story/views.tsx'
import { StoryVotes } from '#components/votes/story-votes.tsx'
import { canonicalUrl } from '#lib/metadata/canonical-url.ts'
import { loadContent } from '#lib/story/content.ts'
import { FEED_LINKS } from '#lib/metadata/feed-links.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { lintInDevelopment } from '#lib/story/lint.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { storyData } from '#lib/metadata/structured-data.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

export const dynamic = 'force-static'

export async function generateMetadata(): Promise<Metadata> {
  if ((await lintInDevelopment()).problems.length > 0) return {}
  const { article } = await loadContent()
  return {
    title: article.title,
    description: article.description,
    authors: [{ name: article.author }],
    keywords: article.categories,
    alternates: { canonical: canonicalUrl('/'), types: FEED_LINKS },
    robots: { 'max-image-preview': 'large' },
  }
}

export default async function ArticlePage() {
  const { warnings, problems } = await lintInDevelopment()
  if (problems.length > 0) return <ContentProblems problems={problems} />
  const { article, author, pages } = await loadContent()
  const storyLang = langAttributesWithin(uiLanguage, article.language)
  const { SITE_URL } = getSettings()
  return (
    <>
      <OpenGraph article={article} site={SITE_URL} />
      <a href="#story" className="skip-link">
        {messages.skip}
      </a>
      <ReadingBar title={article.title} storyLang={storyLang} />
      <Masthead home />
      <main className="sheet pb-6">
        <article
          id="story"
          aria-labelledby="headline"
          tabIndex={-1}
          className="outline-none"
          {...storyLang}
        >
          <ArticleHeader article={article} />
          {article.image && article.picture && (
            <ArticleImage image={article.image} picture={article.picture} />
          )}
          <div className="columns">
            <QuickNavigation article={article} />
            <div className="column">
              <div className={PART}>
                <ArticleBody
                  html={article.html}
                  className={article.dropCapital ? 'initial story' : 'story'}
                />
              </div>
              <References
                heading={messages.inspiredBy}
                list={article.inspiredBy}
                language={article.language}
              />
              <References
                heading={messages.sources}
                list={article.sources}
                language={article.language}
              />
              <Corrections article={article} />
            </div>
          </div>
        </article>
        <div className="column">
          <Island name="votes" of={StoryVotes} props={{}} />
          <Island name="views" of={Views} props={{}} />
          <AuthorBox author={author} storyLang={storyLang} />
          <Island
            name="story-comments"
            of={StoryComments}
            props={{ language: uiLanguage, closed: article.comments === 'closed' }}
          />
        </div>
      </main>
      <SiteFooter pages={pages} language={article.language} />
      <JsonLd data={storyData(article, SITE_URL)} />
      <Island name="deferred" of={Deferred} props={{}} />
      <LintFindings findings={warnings} />
    </>
  )
}
